namespace Appliance.Sources.Archives.Tar;

/// <summary>What an entry of an archive is.</summary>
internal enum TarEntryKind
{
    File,
    HardLink,
    SymbolicLink,
    Directory,
}

/// <summary>A part of a sparse file that is not a hole.</summary>
/// <param name="FileOffset">Where it belongs in the file.</param>
/// <param name="ArchiveOffset">Where its bytes lie in the archive.</param>
/// <param name="Length">Bytes.</param>
internal readonly record struct SparseExtent(long FileOffset, long ArchiveOffset, long Length);

/// <summary>One entry as the archive tells it, its headers put together.</summary>
internal sealed record TarEntry
{
    /// <summary>The path as written: not normalised, not checked.</summary>
    public required string Path { get; init; }

    public required TarEntryKind Kind { get; init; }

    public required int Mode { get; init; }

    public required int Uid { get; init; }

    public required int Gid { get; init; }

    public required string UserName { get; init; }

    public required string GroupName { get; init; }

    public required uint Flags { get; init; }

    public required long ModifiedNanoseconds { get; init; }

    public required string LinkTarget { get; init; }

    /// <summary>Where the content starts in the archive.</summary>
    public required long ContentOffset { get; init; }

    /// <summary>Bytes of the file, holes included.</summary>
    public required long Length { get; init; }

    /// <summary>The parts of a sparse file; null for a file that lies in the archive in one piece.</summary>
    public IReadOnlyList<SparseExtent>? Extents { get; init; }
}
