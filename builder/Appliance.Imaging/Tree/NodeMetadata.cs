namespace Appliance.Imaging.Tree;

/// <summary>What an inode says about itself, apart from its kind and content.</summary>
/// <param name="Uid">Numeric owner.</param>
/// <param name="Gid">Numeric group.</param>
/// <param name="Mode">Permission bits including setuid 04000, setgid 02000 and sticky 01000; at most 07777.</param>
/// <param name="Flags">File flags as in chflags(2): see <see cref="FileFlags"/>.</param>
/// <param name="ModifiedTime">Time of modification, nanoseconds since 1970-01-01 UTC.</param>
/// <param name="BirthTime">Time of creation, nanoseconds since 1970-01-01 UTC.</param>
public readonly record struct NodeMetadata(
    uint Uid,
    uint Gid,
    int Mode,
    uint Flags,
    long ModifiedTime,
    long BirthTime
)
{
    /// <summary>All bits a mode may have (chmod(2)).</summary>
    public const int ModeMask = 0xFFF;

    /// <summary>Metadata without flags that was born when it was last modified.</summary>
    public NodeMetadata(uint uid, uint gid, int mode, long modifiedTime)
        : this(uid, gid, mode, 0, modifiedTime, modifiedTime) { }

    /// <summary>A directory of root:wheel with mode 0755.</summary>
    public static NodeMetadata DefaultDirectory(long time) => new(0, 0, 0x1ED, time);

    /// <summary>A file of root:wheel with mode 0644.</summary>
    public static NodeMetadata DefaultFile(long time) => new(0, 0, 0x1A4, time);
}
