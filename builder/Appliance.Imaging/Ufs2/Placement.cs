namespace Appliance.Imaging.Ufs2;

/// <summary>
/// Gives numbered blocks their addresses and nodes their inodes. Each cylinder group gets its share of the blocks, so that
/// free space is left near every file; the inode of a node lies in the group of its first block if there is room.
/// </summary>
internal sealed class Placement
{
    private readonly Geometry _geometry;

    /// <summary>For each group the number of the first block after those that it holds.</summary>
    private readonly long[] _blockEnds;
    private readonly uint[] _inodes;
    private readonly int[] _firstNodes;

    public Placement(Geometry geometry, BlockNeeds needs)
    {
        _geometry = geometry;
        _blockEnds = new long[geometry.GroupCount];
        long capacity = 0;
        for (int group = 0; group < geometry.GroupCount; group++)
        {
            capacity += geometry.DataBlocksOfGroup(group);
            Int128 share = (Int128)capacity * needs.Blocks;
            _blockEnds[group] = (long)((share + geometry.DataBlocks - 1) / geometry.DataBlocks);
        }
        _inodes = new uint[needs.Starts.Count];
        _firstNodes = new int[geometry.GroupCount + 1];
        AssignInodes(needs.Starts);
    }

    /// <summary>For each node its inode.</summary>
    public IReadOnlyList<uint> Inodes => _inodes;

    /// <summary>The first node whose inode is in a group; that of the group after the last is the number of nodes.</summary>
    public int FirstNode(int group) => _firstNodes[group];

    /// <summary>Blocks in use in a group, from its first one on.</summary>
    public int UsedBlocks(int group) => (int)(_blockEnds[group] - FirstBlock(group));

    /// <summary>Number of the first block of a group.</summary>
    public long FirstBlock(int group) => group == 0 ? 0 : _blockEnds[group - 1];

    /// <summary>Address of a block, in fragments.</summary>
    public long Address(long block)
    {
        int group = GroupOf(block);
        return ((long)group * _geometry.GroupSize)
            + _geometry.FirstDataBlock(group)
            + ((block - FirstBlock(group)) * _geometry.FragmentsPerBlock);
    }

    /// <summary>Address of a fragment that is counted over all blocks.</summary>
    public long FragmentAddress(long fragment) =>
        Address(fragment / _geometry.FragmentsPerBlock) + (fragment % _geometry.FragmentsPerBlock);

    /// <summary>How many blocks lie on disk without a gap from a block on, itself included.</summary>
    public long ContiguousFrom(long block) => _blockEnds[GroupOf(block)] - block;

    private int GroupOf(long block)
    {
        int low = 0;
        int high = _blockEnds.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_blockEnds[middle] <= block)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    /// <summary>Inodes ascend with the nodes; a group is left early only if those after it can take all that remain.</summary>
    private void AssignInodes(IReadOnlyList<uint> starts)
    {
        long perGroup = _geometry.InodesPerGroup;
        int group = 0;
        long used = Ufs2Format.RootInode;
        for (int node = 0; node < starts.Count; node++)
        {
            long groupsNeeded = (starts.Count - node + perGroup - 1) / perGroup;
            long latest = _geometry.GroupCount - groupsNeeded;
            int wanted = used == perGroup ? group + 1 : group;
            wanted = (int)Math.Max(wanted, Math.Min(GroupOf(starts[node]), latest));
            for (; group < wanted; used = 0)
            {
                _firstNodes[++group] = node;
            }
            _inodes[node] = (uint)((group * perGroup) + used++);
        }
        while (group < _geometry.GroupCount)
        {
            _firstNodes[++group] = starts.Count;
        }
    }
}
