namespace Appliance.Sources.Store;

/// <summary>What an entry of a layer is.</summary>
public enum LayerEntryKind : byte
{
    /// <summary>A directory.</summary>
    Directory = 1,

    /// <summary>A regular file; its content lies in the payload.</summary>
    File = 2,

    /// <summary>A symbolic link to <see cref="LayerEntry.LinkTarget"/>, as it was written: relative or absolute.</summary>
    SymbolicLink = 3,

    /// <summary>Another name of the file <see cref="LayerEntry.LinkTarget"/>, an earlier entry of the same layer.</summary>
    HardLink = 4,
}

/// <summary>One name in a layer.</summary>
public sealed record LayerEntry
{
    /// <summary>
    /// The path relative to the root of the layer, with <c>/</c> between the names and neither a leading nor a trailing
    /// one, e.g. <c>usr/bin/su</c>. The root directory itself, where the archive has it, is <c>.</c>.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>What it is.</summary>
    public required LayerEntryKind Kind { get; init; }

    /// <summary>Permission bits with setuid, setgid and sticky (octal 7777).</summary>
    public required int Mode { get; init; }

    /// <summary>The number of the owner in the archive.</summary>
    public required int Uid { get; init; }

    /// <summary>The number of the group in the archive.</summary>
    public required int Gid { get; init; }

    /// <summary>The name of the owner, empty where the archive has none.</summary>
    public required string UserName { get; init; }

    /// <summary>The name of the group, empty where the archive has none.</summary>
    public required string GroupName { get; init; }

    /// <summary>File flags with FreeBSD's values, see chflags(2) and <see cref="FileFlags"/>.</summary>
    public required uint Flags { get; init; }

    /// <summary>The time of the last change of the content, in nanoseconds since 1970-01-01 UTC.</summary>
    public required long ModifiedNanoseconds { get; init; }

    /// <summary>Where a symbolic link points, or the path of the file that a hard link names again; else empty.</summary>
    public required string LinkTarget { get; init; }

    /// <summary>Where the content of a file starts in the payload; 0 for all other kinds.</summary>
    public required long PayloadOffset { get; init; }

    /// <summary>Bytes of content; 0 for all kinds but files.</summary>
    public required long Length { get; init; }

    /// <summary>SHA-256 of the content of a file: 32 bytes; empty for all other kinds.</summary>
    public required ReadOnlyMemory<byte> Sha256 { get; init; }
}
