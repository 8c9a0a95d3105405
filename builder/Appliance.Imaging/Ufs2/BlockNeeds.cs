using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Ufs2;

/// <summary>
/// How many blocks the nodes of a tree need, and which of them each node gets: blocks are only numbered in the order in which
/// they will lie on disk, so this holds for a file system of any size.
/// </summary>
internal sealed class BlockNeeds
{
    /// <summary>In <see cref="Tails"/>: the node has no tail.</summary>
    public const long NoTail = -1;

    private readonly uint[] _starts;
    private readonly long[] _tails;

    public BlockNeeds(TreeSnapshot tree, BlockMap map, int fragmentsPerBlock)
    {
        _starts = new uint[tree.Nodes.Count];
        _tails = new long[tree.Nodes.Count];
        Lengths = new NodeLengths(tree);
        var packer = new FragmentPacker(fragmentsPerBlock);
        uint next = 0;
        for (int node = 0; node < _starts.Length; node++)
        {
            _starts[node] = next;
            _tails[node] = NoTail;
            long length = Lengths.OnDisk(node);
            if (length == 0)
            {
                continue;
            }
            if (length > map.MaximumLength)
            {
                throw new ImagingException(
                    $"'{tree.PathOf(node)}' has {length} bytes; with these blocks UFS2 holds files of "
                        + $"{map.MaximumLength}. Use larger blocks."
                );
            }
            long blocks = next + CountBlocks(tree.Nodes[node], length, map);
            if (blocks >= uint.MaxValue)
            {
                throw new ImagingException(
                    $"The tree needs more than {uint.MaxValue} blocks. Use larger blocks."
                );
            }
            next = (uint)blocks;
            int tail = map.TailFragments(length);
            if (tail > 0)
            {
                _tails[node] = packer.Place(tail, ref next);
            }
        }
        Blocks = next;
        PartialBlocks = packer.PartialBlocks();
    }

    /// <summary>Length of each node's content.</summary>
    public NodeLengths Lengths { get; }

    /// <summary>Blocks that all nodes together need.</summary>
    public long Blocks { get; }

    /// <summary>Blocks of tails that are not full, with the number of free fragments at their end.</summary>
    public (uint Block, int Free)[] PartialBlocks { get; }

    /// <summary>For each node its first block.</summary>
    public IReadOnlyList<uint> Starts => _starts;

    /// <summary>For each node the fragment its tail begins at, counted over all blocks, or <see cref="NoTail"/>.</summary>
    public IReadOnlyList<long> Tails => _tails;

    private static long CountBlocks(TreeNode node, long length, BlockMap map)
    {
        long count = 0;
        foreach (BlockMap.Step step in map.Steps(Shape(node, length)))
        {
            count += step.Count;
        }
        return count;
    }

    /// <summary>A content that has the length and holes of a node; its bytes do not matter here.</summary>
    public static FileContent Shape(TreeNode node, long length) =>
        node is FileNode file ? file.Content : new Dense(length);

    private sealed class Dense(long length) : FileContent
    {
        public override long Length => length;

        public override void Read(long offset, Span<byte> buffer) =>
            throw new NotSupportedException();
    }
}
