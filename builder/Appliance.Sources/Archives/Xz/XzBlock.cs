namespace Appliance.Sources.Archives.Xz;

/// <summary>One block of an .xz file, as the index tells it; blocks can be decoded independently of each other.</summary>
/// <param name="Offset">Where its header starts in the file.</param>
/// <param name="UnpaddedSize">Bytes of header, compressed data and check, without the padding before the check.</param>
/// <param name="UncompressedSize">Bytes of content.</param>
/// <param name="OutputOffset">Where its content belongs in the unpacked file.</param>
/// <param name="Check">The kind of check at its end.</param>
internal sealed record XzBlock(
    long Offset,
    long UnpaddedSize,
    long UncompressedSize,
    long OutputOffset,
    XzCheckKind Check
);

/// <summary>All blocks of an .xz file, in order.</summary>
internal sealed record XzLayout(IReadOnlyList<XzBlock> Blocks, long UncompressedSize);
