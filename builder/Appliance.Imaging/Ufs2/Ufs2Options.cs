namespace Appliance.Imaging.Ufs2;

/// <summary>How a UFS2 file system is made; the defaults are those of FreeBSD 15's newfs(8) with soft updates.</summary>
public sealed record Ufs2Options
{
    /// <summary>Volume label: at most 31 letters, digits, "-" and "_"; "" for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>When the file system was made, seconds since 1970-01-01 UTC.</summary>
    public required long Time { get; init; }

    /// <summary>The 64-bit id of the file system, shown as /dev/ufsid.</summary>
    public required ulong Id { get; init; }

    /// <summary>Generation number of each inode, for NFS; null derives them from <see cref="Id"/>.</summary>
    public Func<uint, uint>? Generation { get; init; }

    /// <summary>Bytes of a block: a power of 2 from 4096 to 65536.</summary>
    public int BlockSize { get; init; } = 32768;

    /// <summary>Bytes of a fragment: a power of 2, an eighth of a block to a whole one, at least 512.</summary>
    public int FragmentSize { get; init; } = 4096;

    /// <summary>Bytes of the whole file system; null makes it as small as holds the tree and the free space.</summary>
    public long? Size { get; init; }

    /// <summary>Bytes that have to be free at least, the reserve of <see cref="MinimumFreePercent"/> included.</summary>
    public long FreeBytes { get; init; }

    /// <summary>Percent of the space for data that have to be free at least; below 100.</summary>
    public int FreePercent { get; init; }

    /// <summary>Inodes that have to be free at least.</summary>
    public long FreeInodes { get; init; }

    /// <summary>One inode for so many bytes; null means two fragments. Only where a <see cref="Size"/> is given.</summary>
    public int? BytesPerInode { get; init; }

    /// <summary>Whether FreeBSD mounts it with soft updates.</summary>
    public bool SoftUpdates { get; init; } = true;

    /// <summary>Percent of the space that only root may fill (tunefs -m).</summary>
    public int MinimumFreePercent { get; init; } = 8;
}
