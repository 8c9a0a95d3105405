using System.Numerics;

namespace Appliance.Imaging.Ufs2;

/// <summary>
/// Where everything lies that is not the content of a file: cylinder groups and what each of them begins with.
/// Addresses and counts are in fragments unless they say otherwise.
/// </summary>
internal sealed class Geometry
{
    /// <summary>Bytes of a cylinder group header before its maps (struct cg).</summary>
    private const int GroupHeaderLength = 168;

    /// <summary>newfs(8) leaves these bytes unused so that older systems accept the group.</summary>
    private const int GroupSlack = 8;

    /// <summary>Bytes of the summary of one group (struct csum).</summary>
    private const int SummaryLength = 16;

    /// <summary>A file system of this size and more gets the four groups that newfs(8) aims for.</summary>
    private const long SizeForEachOfFirstGroups = 8 << 20;
    private const int PreferredGroups = 4;

    /// <summary>Largest transfer that clusters are made for (MAXPHYS).</summary>
    private const int MaximumTransfer = 1 << 20;

    private Geometry(int blockSize, int fragmentSize)
    {
        BlockSize = blockSize;
        FragmentSize = fragmentSize;
        FragmentsPerBlock = blockSize / fragmentSize;
        SuperblockStart = RoundUpToBlock(
            CeilingDivide(Ufs2Format.SuperblockOffset + Ufs2Format.SuperblockLength, fragmentSize)
        );
        GroupBlockStart =
            SuperblockStart
            + RoundUpToBlock(CeilingDivide(Ufs2Format.SuperblockLength, fragmentSize));
        InodeStart = GroupBlockStart + FragmentsPerBlock;
    }

    public int BlockSize { get; }
    public int FragmentSize { get; }
    public int FragmentsPerBlock { get; }
    public int InodesPerBlock => BlockSize / Ufs2Format.InodeLength;
    public int InodesPerFragment => FragmentSize / Ufs2Format.InodeLength;

    /// <summary>Blocks in the largest run that FreeBSD reads or writes at once (fs_maxcontig).</summary>
    public int MaximumRun => Math.Max(1, MaximumTransfer / BlockSize);

    /// <summary>Longest run that groups count (fs_contigsumsize).</summary>
    public int ClusterSummaryLength =>
        MaximumRun > 1 ? Math.Min(MaximumRun, Ufs2Format.MaximumClusterRun) : 0;

    /// <summary>Offsets within a group: superblock, group block, inodes, data.</summary>
    public int SuperblockStart { get; }
    public int GroupBlockStart { get; }
    public int InodeStart { get; }
    public int DataStart => InodeStart + (InodesPerGroup / InodesPerFragment);

    /// <summary>Fragments of the whole file system; a multiple of a block.</summary>
    public long Size { get; private set; }
    public int GroupCount { get; private set; }
    public int GroupSize { get; private set; }
    public int InodesPerGroup { get; private set; }

    /// <summary>Bytes that the summaries of all groups take (fs_cssize).</summary>
    public int SummaryBytes => RoundUp(GroupCount * SummaryLength, FragmentSize);
    public int SummaryFragments => SummaryBytes / FragmentSize;

    /// <summary>Bytes of a group block that are used (fs_cgsize).</summary>
    public int GroupBlockBytes => RoundUp(GroupMapBytes(), FragmentSize);

    /// <summary>Blocks for data in all groups.</summary>
    public long DataBlocks { get; private set; }

    /// <summary>
    /// Fragments that are free beside the metadata: before the superblock copies of all groups but the first, which has
    /// the boot area there, and after the summaries.
    /// </summary>
    public long FreeFragmentsOfMetadata =>
        ((GroupCount - 1L) * SuperblockStart) + RoundUpToBlock(SummaryFragments) - SummaryFragments;

    /// <summary>Fragments for data in the sense of fs_dsize.</summary>
    public long DataSize =>
        Size
        - SuperblockStart
        - ((long)GroupCount * (DataStart - SuperblockStart))
        - SummaryFragments;

    /// <summary>Fragments of one group; the last may be shorter.</summary>
    public int SizeOfGroup(int group) => (int)Math.Min(GroupSize, Size - ((long)group * GroupSize));

    /// <summary>Where the first block for data of a group begins, within the group.</summary>
    public int FirstDataBlock(int group) =>
        DataStart + (group == 0 ? RoundUpToBlock(SummaryFragments) : 0);

    /// <summary>Blocks for data of one group.</summary>
    public int DataBlocksOfGroup(int group) =>
        Math.Max(0, (SizeOfGroup(group) - FirstDataBlock(group)) / FragmentsPerBlock);

    /// <summary>Divides a size into groups that hold a number of inodes.</summary>
    /// <param name="blockSize">Bytes.</param>
    /// <param name="fragmentSize">Bytes.</param>
    /// <param name="size">Bytes of the whole file system.</param>
    /// <param name="inodes">Inodes wanted, 0 and 1 included.</param>
    /// <returns>Null if the size has no room for that many inodes, let alone data.</returns>
    public static Geometry? Divide(int blockSize, int fragmentSize, long size, long inodes)
    {
        var geometry = new Geometry(blockSize, fragmentSize)
        {
            Size = size / blockSize * (blockSize / fragmentSize),
        };
        return geometry.Divide(inodes) ? geometry : null;
    }

    public static int Log2(int value) => BitOperations.Log2((uint)value);

    private bool Divide(long inodes)
    {
        long bytes = Size * FragmentSize;
        long groups = Math.Clamp(bytes / SizeForEachOfFirstGroups, 1, PreferredGroups);
        groups = Math.Max(groups, Size / (8L * BlockSize));
        for (; ; groups++)
        {
            long perGroup = CeilingDivide(CeilingDivide(Size, groups), FragmentsPerBlock);
            GroupSize = (int)Math.Min(perGroup * FragmentsPerBlock, int.MaxValue / 2);
            GroupCount = (int)CeilingDivide(Size, GroupSize);
            long inodesPerGroup =
                CeilingDivide(CeilingDivide(inodes, GroupCount), InodesPerBlock) * InodesPerBlock;
            if (inodesPerGroup / InodesPerFragment > GroupSize)
            {
                return false;
            }
            InodesPerGroup = (int)inodesPerGroup;
            int leastGroup = DataStart + FragmentsPerBlock;
            if (GroupSize < leastGroup || FirstDataBlock(0) >= GroupSize)
            {
                return false;
            }
            if (SizeOfGroup(GroupCount - 1) < leastGroup)
            {
                // What is left at the end is too short for a group; it stays unused.
                Size = (long)(GroupCount - 1) * GroupSize;
                groups = GroupCount - 2;
            }
            else if (GroupMapBytes() <= BlockSize - GroupSlack)
            {
                DataBlocks = CountDataBlocks();
                return true;
            }
        }
    }

    private long CountDataBlocks()
    {
        long blocks = 0;
        for (int group = 0; group < GroupCount; group++)
        {
            blocks += DataBlocksOfGroup(group);
        }
        return blocks;
    }

    /// <summary>Bytes of a group block with its maps (CGSIZE in fs.h).</summary>
    private int GroupMapBytes() =>
        GroupHeaderLength
        + (int)CeilingDivide(InodesPerGroup, 8)
        + (int)CeilingDivide(GroupSize, 8)
        + sizeof(int)
        + (
            ClusterSummaryLength == 0
                ? 0
                : (ClusterSummaryLength * sizeof(int))
                    + (int)CeilingDivide(GroupSize / FragmentsPerBlock, 8)
        );

    private int RoundUpToBlock(long fragments) =>
        (int)(CeilingDivide(fragments, FragmentsPerBlock) * FragmentsPerBlock);

    private static int RoundUp(int value, int unit) => (int)CeilingDivide(value, unit) * unit;

    private static long CeilingDivide(long value, long unit) => (value + unit - 1) / unit;
}
