using System.Buffers.Binary;

namespace Appliance.Imaging.Ufs2;

/// <summary>The block that says what is used in a cylinder group (struct cg in ufs/ffs/fs.h, and its maps).</summary>
internal sealed class CylinderGroup
{
    private const int HeaderLength = 168;

    private readonly Geometry _geometry;
    private readonly int _group;
    private readonly int _usedInodes;
    private readonly byte[] _block;
    private readonly int _inodeMap;
    private readonly int _freeMap;
    private readonly int _clusterSums;
    private readonly int _clusterMap;
    private readonly int _end;

    /// <param name="geometry">Of the file system.</param>
    /// <param name="group">Number of the group.</param>
    /// <param name="usedInodes">Inodes in use, all at the front; in group 0 the two that are never used count.</param>
    public CylinderGroup(Geometry geometry, int group, int usedInodes)
    {
        _geometry = geometry;
        _group = group;
        _usedInodes = usedInodes;
        _block = new byte[geometry.GroupBlockBytes];
        _inodeMap = HeaderLength;
        _freeMap = _inodeMap + BytesFor(geometry.InodesPerGroup);
        _end = _freeMap + BytesFor(geometry.GroupSize);
        if (geometry.ClusterSummaryLength > 0)
        {
            // The sums are counted from 1: the word of run length 0 is the one before them.
            _clusterSums = ((_end + 3) & ~3) - sizeof(int);
            _clusterMap = _clusterSums + ((geometry.ClusterSummaryLength + 1) * sizeof(int));
            _end = _clusterMap + BytesFor(geometry.GroupSize / geometry.FragmentsPerBlock);
        }
        SetBits(_inodeMap, 0, usedInodes);
    }

    /// <summary>Says that fragments are free.</summary>
    public void Free(int first, int count) => SetBits(_freeMap, first, count);

    /// <summary>Counts what is free and finishes the block with its check hash.</summary>
    /// <param name="time">Seconds since 1970-01-01 UTC.</param>
    /// <param name="directories">Directories whose inode is in the group.</param>
    public (GroupSummary Summary, byte[] Block) Finish(long time, int directories)
    {
        int fragments = _geometry.SizeOfGroup(_group);
        Write(4, (int)Ufs2Format.GroupMagic);
        Write(12, _group);
        Write(20, fragments);
        GroupSummary summary = CountFree(fragments, directories);
        summary.Encode(_block.AsSpan(24));
        Write(92, _inodeMap);
        Write(96, _freeMap);
        Write(100, _end);
        if (_geometry.ClusterSummaryLength > 0)
        {
            Write(104, _clusterSums);
            Write(108, _clusterMap);
            Write(112, fragments / _geometry.FragmentsPerBlock);
            CountClusters(fragments / _geometry.FragmentsPerBlock);
        }
        Write(116, _geometry.InodesPerGroup);
        // All of them are zeroed, so all are initialized. With fewer, the kernel prepares others when it needs them and notes
        // so in this block, which it writes much later; fsck_ffs looks at no inode beyond the note, and after a
        // power failure it would take files away that had been brought to the disk (fsck_ffs/pass1.c, ffs_nodealloccg).
        Write(120, _geometry.InodesPerGroup);
        BinaryPrimitives.WriteInt64LittleEndian(_block.AsSpan(136), time);
        Write(132, (int)Crc32C.Compute(_block));
        return (summary, _block);
    }

    private GroupSummary CountFree(int fragments, int directories)
    {
        int perBlock = _geometry.FragmentsPerBlock;
        int freeBlocks = 0;
        int freeFragments = 0;
        for (int block = 0; block < fragments / perBlock; block++)
        {
            int free = CountBlock(block * perBlock);
            if (free < perBlock)
            {
                freeFragments += free;
                continue;
            }
            freeBlocks++;
            if (_geometry.ClusterSummaryLength > 0)
            {
                SetBits(_clusterMap, block, 1);
            }
        }
        return new GroupSummary(
            directories,
            freeBlocks,
            _geometry.InodesPerGroup - _usedInodes,
            freeFragments
        );
    }

    /// <summary>Free fragments of one block; runs shorter than a block go into cg_frsum.</summary>
    private int CountBlock(int first)
    {
        int perBlock = _geometry.FragmentsPerBlock;
        int free = 0;
        int run = 0;
        for (int i = 0; i <= perBlock; i++)
        {
            if (i < perBlock && IsSet(_freeMap, first + i))
            {
                free++;
                run++;
                continue;
            }
            if (run > 0 && run < perBlock)
            {
                Write(52 + (4 * run), Read(52 + (4 * run)) + 1);
            }
            run = 0;
        }
        return free;
    }

    private void CountClusters(int blocks)
    {
        int run = 0;
        for (int block = 0; block <= blocks; block++)
        {
            if (block < blocks && IsSet(_clusterMap, block))
            {
                run++;
            }
            else if (run > 0)
            {
                int sum = _clusterSums + (4 * Math.Min(run, _geometry.ClusterSummaryLength));
                Write(sum, Read(sum) + 1);
                run = 0;
            }
        }
    }

    private void SetBits(int map, int first, int count)
    {
        int bit = first;
        int end = first + count;
        while (bit < end && bit % 8 != 0)
        {
            _block[map + (bit / 8)] |= (byte)(1 << (bit++ % 8));
        }
        int bytes = (end - bit) / 8;
        if (bytes > 0)
        {
            _block.AsSpan(map + (bit / 8), bytes).Fill(0xFF);
            bit += bytes * 8;
        }
        while (bit < end)
        {
            _block[map + (bit / 8)] |= (byte)(1 << (bit++ % 8));
        }
    }

    private bool IsSet(int map, int bit) => (_block[map + (bit / 8)] & (1 << (bit % 8))) != 0;

    private int Read(int offset) => BinaryPrimitives.ReadInt32LittleEndian(_block.AsSpan(offset));

    private void Write(int offset, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(_block.AsSpan(offset), value);

    private static int BytesFor(int bits) => (bits + 7) / 8;
}
