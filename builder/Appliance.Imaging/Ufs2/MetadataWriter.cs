using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Ufs2;

/// <summary>Writes superblocks, cylinder groups and inodes.</summary>
internal sealed class MetadataWriter(
    Ufs2Options options,
    Geometry geometry,
    BlockMap map,
    TreeSnapshot tree,
    BlockNeeds needs,
    Placement placement
)
{
    private readonly Func<uint, uint> _generation =
        options.Generation ?? (inode => DeriveGeneration(options.Id, inode));
    private int _nextPartial;
    private int _nextDirectory;

    public void Write(IImageTarget target, CancellationToken cancellationToken)
    {
        var window = new WindowWriter(target, geometry.BlockSize);
        byte[] summaries = new byte[geometry.SummaryBytes];
        (long Directories, long FreeBlocks, long FreeInodes, long FreeFragments) total = default;
        for (int group = 0; group < geometry.GroupCount; group++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (GroupSummary summary, byte[] block) = DescribeGroup(group);
            window.Write(Offset(group, geometry.GroupBlockStart), block);
            WriteInodes(window, group);
            summary.Encode(summaries.AsSpan(group * GroupSummary.Length));
            total.Directories += summary.Directories;
            total.FreeBlocks += summary.FreeBlocks;
            total.FreeInodes += summary.FreeInodes;
            total.FreeFragments += summary.FreeFragments;
        }
        window.Flush();
        WriteSuperblocks(
            window,
            new Superblock(geometry, options, total, target.Length / geometry.FragmentSize)
        );
        window.Write(Offset(0, geometry.DataStart), summaries);
        window.Flush();
    }

    private void WriteSuperblocks(WindowWriter window, Superblock superblock)
    {
        window.Write(RecoveryRecord.Offset, RecoveryRecord.Encode(geometry));
        window.Write(Ufs2Format.SuperblockOffset, superblock.At(Ufs2Format.SuperblockOffset));
        for (int group = 0; group < geometry.GroupCount; group++)
        {
            long copy = Offset(group, geometry.SuperblockStart);
            window.Write(copy, superblock.At(copy));
        }
        window.Flush();
    }

    private long Offset(int group, int start) =>
        (((long)group * geometry.GroupSize) + start) * geometry.FragmentSize;

    private (GroupSummary Summary, byte[] Block) DescribeGroup(int group)
    {
        int firstNode = placement.FirstNode(group);
        int endNode = placement.FirstNode(group + 1);
        int reserved = group == 0 ? (int)Ufs2Format.RootInode : 0;
        var description = new CylinderGroup(geometry, group, endNode - firstNode + reserved);
        if (group > 0)
        {
            // In group 0 this is the boot area.
            description.Free(0, geometry.SuperblockStart);
        }
        else
        {
            int end = geometry.DataStart + geometry.SummaryFragments;
            description.Free(end, geometry.FirstDataBlock(0) - end);
        }
        int perBlock = geometry.FragmentsPerBlock;
        int firstBlock = geometry.FirstDataBlock(group);
        int used = firstBlock + (placement.UsedBlocks(group) * perBlock);
        description.Free(used, geometry.SizeOfGroup(group) - used);
        long blockEnd = placement.FirstBlock(group) + placement.UsedBlocks(group);
        for (
            ;
            _nextPartial < needs.PartialBlocks.Length
                && needs.PartialBlocks[_nextPartial].Block < blockEnd;
            _nextPartial++
        )
        {
            (uint block, int free) = needs.PartialBlocks[_nextPartial];
            int within = (int)(block - placement.FirstBlock(group));
            description.Free(firstBlock + ((within + 1) * perBlock) - free, free);
        }
        return description.Finish(options.Time, CountDirectories(firstNode, endNode));
    }

    private int CountDirectories(int firstNode, int endNode)
    {
        int count = 0;
        for (int node = firstNode; node < endNode; node++)
        {
            count += tree.Nodes[node] is DirectoryNode ? 1 : 0;
        }
        return count;
    }

    private void WriteInodes(WindowWriter window, int group)
    {
        Span<byte> buffer = stackalloc byte[Ufs2Format.InodeLength];
        long table = Offset(group, geometry.InodeStart);
        long first = (long)group * geometry.InodesPerGroup;
        for (int node = placement.FirstNode(group); node < placement.FirstNode(group + 1); node++)
        {
            uint inode = placement.Inodes[node];
            Describe(node, inode).Encode(buffer);
            window.Write(table + ((inode - first) * Ufs2Format.InodeLength), buffer);
        }
    }

    private Inode Describe(int node, uint inode)
    {
        TreeNode described = tree.Nodes[node];
        TreeSnapshot.Directory directory = default;
        if (described is DirectoryNode)
        {
            directory = tree.Directories[_nextDirectory++];
        }
        long length = needs.Lengths.OnDisk(node);
        (long[] pointers, long fragments) = Pointers(node, length);
        return new Inode
        {
            Metadata = described.Metadata,
            Type = Inode.TypeOf(described),
            Links =
                described is DirectoryNode ? 2 + directory.SubdirectoryCount : described.NameCount,
            Size = needs.Lengths.Shown(node),
            Generation = _generation(inode),
            DeviceBlocks = fragments * (geometry.FragmentSize / Ufs2Format.DeviceBlock),
            DirectoryDepth = directory.Depth,
            InlineTarget = length == 0 && described is SymbolicLinkNode link ? link.Target : null,
            Pointers = pointers,
        };
    }

    private (long[] Pointers, long Fragments) Pointers(int node, long length)
    {
        long[] pointers = new long[Ufs2Format.DirectCount + Ufs2Format.IndirectCount];
        if (length == 0)
        {
            return (pointers, 0);
        }
        long block = needs.Starts[node];
        foreach (BlockMap.Step step in map.Steps(BlockNeeds.Shape(tree.Nodes[node], length)))
        {
            if (step.Level > 0 && step.Block == map.FirstBlockOfLevel(step.Level))
            {
                pointers[Ufs2Format.DirectCount + step.Level - 1] = placement.Address(block);
            }
            for (long i = 0; step.Level == 0 && i < step.Count; i++)
            {
                if (step.Block + i >= Ufs2Format.DirectCount)
                {
                    break;
                }
                pointers[step.Block + i] = placement.Address(block + i);
            }
            block += step.Count;
        }
        long fragments = (block - needs.Starts[node]) * geometry.FragmentsPerBlock;
        if (needs.Tails[node] != BlockNeeds.NoTail)
        {
            pointers[map.TailBlock(length)] = placement.FragmentAddress(needs.Tails[node]);
            fragments += map.TailFragments(length);
        }
        return (pointers, fragments);
    }

    /// <summary>A number that differs from inode to inode and from file system to file system (SplitMix64).</summary>
    private static uint DeriveGeneration(ulong id, uint inode)
    {
        ulong mixed = id + (inode * 0x9E3779B97F4A7C15);
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (uint)(mixed ^ (mixed >> 31)) | 1;
    }
}
