namespace Appliance.Imaging.Ufs2;

/// <summary>Numbers that the format fixes, from FreeBSD's ufs/ffs/fs.h, ufs/ufs/dinode.h and ufs/ufs/dir.h.</summary>
internal static class Ufs2Format
{
    /// <summary>Byte offset of the superblock (SBLOCK_UFS2).</summary>
    public const int SuperblockOffset = 65536;

    /// <summary>Bytes reserved for a superblock (SBLOCKSIZE).</summary>
    public const int SuperblockLength = 8192;

    /// <summary>Bytes of an inode on disk.</summary>
    public const int InodeLength = 256;

    /// <summary>Bytes of a block pointer.</summary>
    public const int PointerLength = 8;

    /// <summary>Block pointers in an inode (UFS_NDADDR).</summary>
    public const int DirectCount = 12;

    /// <summary>Indirect pointers in an inode (UFS_NIADDR).</summary>
    public const int IndirectCount = 3;

    /// <summary>Targets of symbolic links shorter than this lie in the inode (fs_maxsymlinklen).</summary>
    public const int InlineTargetLimit = (DirectCount + IndirectCount) * PointerLength;

    /// <summary>Inode of the root directory; 0 and 1 are not used.</summary>
    public const uint RootInode = 2;

    /// <summary>Names one inode can have (UFS_LINK_MAX).</summary>
    public const int MaximumLinks = 65500;

    /// <summary>Bytes in which inodes count their space (DEV_BSIZE).</summary>
    public const int DeviceBlock = 512;

    /// <summary>A record of a directory never crosses a multiple of this (DIRBLKSIZ).</summary>
    public const int DirectoryBlock = 512;

    /// <summary>fs_magic of UFS2.</summary>
    public const uint Magic = 0x19540119;

    /// <summary>cg_magic.</summary>
    public const uint GroupMagic = 0x090255;

    /// <summary>Longest run of blocks that cylinder groups count (FS_MAXCONTIG).</summary>
    public const int MaximumClusterRun = 16;
}
