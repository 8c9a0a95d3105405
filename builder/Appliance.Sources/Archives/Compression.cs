using System.IO.Compression;
using Appliance.Sources.Archives.Xz;
using Microsoft.Win32.SafeHandles;
using SharpCompress.Compressors.ZStandard;
using SharpCompress.Compressors.ZStandard.Unsafe;

namespace Appliance.Sources.Archives;

/// <summary>How an archive is packed.</summary>
internal enum CompressionKind
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>RFC 8878.</summary>
    Zstandard,

    /// <summary>The .xz file format.</summary>
    Xz,

    /// <summary>RFC 1952.</summary>
    Gzip,
}

/// <summary>Recognises packed files by their first bytes, whatever their names say, and unpacks them as a stream.</summary>
internal static class Compression
{
    /// <summary>The largest window of a Zstandard frame, 2^27 bytes: what the zstd program takes by itself.</summary>
    private const int LargestWindowBits = 27;

    private const int MagicSize = 6;

    private static ReadOnlySpan<byte> ZstandardMagic => [0x28, 0xB5, 0x2F, 0xFD];

    private static ReadOnlySpan<byte> SkippableMagic => [0x2A, 0x4D, 0x18];

    /// <exception cref="ArchiveException">The file is packed in a way that is not supported.</exception>
    public static CompressionKind KindOf(SafeFileHandle file)
    {
        Span<byte> magic = stackalloc byte[MagicSize];
        var start = magic[..RandomAccess.Read(file, magic, 0)];
        return XzContainer.HasMagic(start) ? CompressionKind.Xz
            : start.StartsWith(ZstandardMagic)
            || (start.Length > 4 && start[1..].StartsWith(SkippableMagic))
                ? CompressionKind.Zstandard
            : start is [0x1F, 0x8B, ..] ? CompressionKind.Gzip
            : start.StartsWith("BZh"u8)
                ? throw new ArchiveException(
                    "it is packed by bzip2, which no repository of FreeBSD is"
                )
            : CompressionKind.None;
    }

    /// <summary>The content of a file, at most <paramref name="maximum"/> bytes of it.</summary>
    /// <exception cref="ArchiveException">The file is damaged; or, while reading, unpacks to more.</exception>
    public static Stream Open(SafeFileHandle file, long maximum)
    {
        var packed = new FileRangeStream(file, 0, RandomAccess.GetLength(file));
        Stream content = KindOf(file) switch
        {
            CompressionKind.Xz => new XzStream(
                file,
                XzContainer.Read(file, RandomAccess.GetLength(file), maximum)
            ),
            CompressionKind.Zstandard => Zstandard(packed),
            CompressionKind.Gzip => new GZipStream(packed, CompressionMode.Decompress),
            CompressionKind.None => packed,
        };
        return new UnpackedStream(content, packed, maximum);
    }

    private static DecompressionStream Zstandard(FileRangeStream packed)
    {
        var stream = new DecompressionStream(packed, 0, checkEndOfStream: true, leaveOpen: true);
        stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, LargestWindowBits);
        return stream;
    }
}
