using System.Buffers.Binary;
using System.Globalization;

namespace Appliance.Verify.FileSystems;

/// <summary>
/// What the superblock of a UFS2 file system says about how it was left (struct fs, sys/ufs/ffs/fs.h of FreeBSD).
/// The kernel sets fs_clean to 0 while a file system is mounted for writing and to 1 when it is unmounted with nothing
/// outstanding. So this notices a power-off that did not unmount, a file system that needed fsck at its last mount, and blocks
/// and inodes whose release was not finished. It does not walk cylinder groups, inodes or directories: only fsck_ffs does that.
/// </summary>
/// <param name="Clean">fs_clean is 1.</param>
/// <param name="Flags">fs_flags.</param>
/// <param name="PendingBlocks">fs_pendingblocks.</param>
/// <param name="PendingInodes">fs_pendinginodes.</param>
public sealed record Ufs2State(bool Clean, int Flags, long PendingBlocks, uint PendingInodes)
{
    /// <summary>Where the superblock is, in bytes from the start of the file system (SBLOCK_UFS2).</summary>
    public const int SuperblockOffset = 65536;

    /// <summary>Size of struct fs.</summary>
    public const int SuperblockLength = 1376;

    private const int CleanOffset = 209;
    private const int PendingBlocksOffset = 1104;
    private const int PendingInodesOffset = 1112;
    private const int FlagsOffset = 1312;
    private const int MagicOffset = 1372;

    private const int Magic = 0x19540119;
    private const int FlagUnclean = 0x1;
    private const int FlagNeedsFsck = 0x4;

    /// <summary>Null when nothing is wrong.</summary>
    public string? Trouble =>
        !Clean ? "was not unmounted"
        : (Flags & FlagUnclean) != 0 ? "was mounted although it was not clean"
        : (Flags & FlagNeedsFsck) != 0 ? "is marked as needing fsck"
        : PendingBlocks != 0 || PendingInodes != 0
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"has {PendingBlocks} blocks and {PendingInodes} inodes whose release was not finished"
            )
        : null;

    /// <summary>Reads a superblock, or returns null if it is none of UFS2.</summary>
    /// <param name="superblock">At least <see cref="SuperblockLength"/> bytes.</param>
    public static Ufs2State? Read(ReadOnlySpan<byte> superblock) =>
        superblock.Length < SuperblockLength
        || BinaryPrimitives.ReadInt32LittleEndian(superblock[MagicOffset..]) != Magic
            ? null
            : new(
                superblock[CleanOffset] == 1,
                BinaryPrimitives.ReadInt32LittleEndian(superblock[FlagsOffset..]),
                BinaryPrimitives.ReadInt64LittleEndian(superblock[PendingBlocksOffset..]),
                BinaryPrimitives.ReadUInt32LittleEndian(superblock[PendingInodesOffset..])
            );
}
