using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Ufs2;

/// <summary>
/// Which blocks a file has, in the order in which they lie on disk: an indirect block stands right before the first data
/// block that it leads to. So the place of every block follows from that of the first.
/// </summary>
/// <param name="blockSize">Bytes of a block.</param>
/// <param name="fragmentSize">Bytes of a fragment.</param>
internal sealed class BlockMap(int blockSize, int fragmentSize)
{
    /// <summary>One step along the blocks of a file.</summary>
    /// <param name="Level">0: data blocks; 1, 2, 3: one indirect block of that level.</param>
    /// <param name="Block">First logical block of the file that the step covers.</param>
    /// <param name="Count">Blocks it takes on disk.</param>
    public readonly record struct Step(int Level, long Block, long Count);

    /// <summary>Pointers in an indirect block.</summary>
    public long PointersPerBlock { get; } = blockSize / Ufs2Format.PointerLength;

    /// <summary>Longest file in bytes (fs_maxfilesize), one less than the first length that has no pointer.</summary>
    public long MaximumLength
    {
        get
        {
            long length = ((long)Ufs2Format.DirectCount * blockSize) - 1;
            long reach = blockSize;
            for (int level = 1; level <= Ufs2Format.IndirectCount; level++)
            {
                reach *= PointersPerBlock;
                length += reach;
            }
            return length;
        }
    }

    /// <summary>Fragments of the last block if that is not a whole one; only files without indirect blocks end so.</summary>
    public int TailFragments(long length)
    {
        if (length > (long)Ufs2Format.DirectCount * blockSize)
        {
            return 0;
        }
        int fragments = (int)((length % blockSize + fragmentSize - 1) / fragmentSize);
        return fragments == blockSize / fragmentSize ? 0 : fragments;
    }

    /// <summary>The logical block that a tail of fragments stands for.</summary>
    public long TailBlock(long length) => length / blockSize;

    /// <summary>First logical block that the pointer in the inode for a level of indirection leads to.</summary>
    public long FirstBlockOfLevel(int level)
    {
        long first = Ufs2Format.DirectCount;
        long reach = 1;
        for (int i = 1; i < level; i++)
        {
            reach *= PointersPerBlock;
            first += reach;
        }
        return first;
    }

    /// <summary>The whole blocks of a content, without the tail.</summary>
    public IEnumerable<Step> Steps(FileContent content)
    {
        // The indirect block of each level that is in use, by the first logical block it leads to.
        long[] open = [-1, -1, -1, -1];
        foreach ((long first, long end) in Runs(content))
        {
            for (long block = first; block < end; )
            {
                long reachEnd = Ufs2Format.DirectCount;
                if (block >= Ufs2Format.DirectCount)
                {
                    int top = TopLevel(block);
                    for (int level = top; level >= 1; level--)
                    {
                        long start = StartOf(block, level, top);
                        if (open[level] != start)
                        {
                            open[level] = start;
                            yield return new Step(level, start, 1);
                        }
                    }
                    reachEnd = open[1] + PointersPerBlock;
                }
                long count = Math.Min(end, reachEnd) - block;
                yield return new Step(0, block, count);
                block += count;
            }
        }
    }

    /// <summary>The indirect level that the inode itself points to on the way to a block.</summary>
    private int TopLevel(long block)
    {
        int level = 1;
        while (level < Ufs2Format.IndirectCount && block >= FirstBlockOfLevel(level + 1))
        {
            level++;
        }
        return level;
    }

    /// <summary>First logical block that the indirect block of a level on the way to a block leads to.</summary>
    private long StartOf(long block, int level, int top)
    {
        long reach = 1;
        for (int i = 0; i < level; i++)
        {
            reach *= PointersPerBlock;
        }
        long first = FirstBlockOfLevel(top);
        return first + ((block - first) / reach * reach);
    }

    /// <summary>
    /// Runs of logical blocks that exist. UFS lets no file end in a hole, so the last block always does.
    /// </summary>
    private List<(long First, long End)> Runs(FileContent content)
    {
        bool hasTail = TailFragments(content.Length) > 0;
        long blocks = hasTail
            ? TailBlock(content.Length)
            : (content.Length + blockSize - 1) / blockSize;
        if (!content.IsSparse)
        {
            return blocks == 0 ? [] : [(0, blocks)];
        }
        var runs = new List<(long First, long End)>();
        foreach (DataExtent extent in content.DataExtents)
        {
            Append(
                runs,
                extent.Offset / blockSize,
                (extent.End + blockSize - 1) / blockSize,
                blocks
            );
        }
        if (!hasTail && blocks > 0)
        {
            Append(runs, blocks - 1, blocks, blocks);
        }
        return runs;
    }

    private static void Append(List<(long First, long End)> runs, long first, long end, long limit)
    {
        end = Math.Min(end, limit);
        if (runs.Count > 0)
        {
            first = Math.Max(first, runs[^1].End);
        }
        if (first >= end)
        {
            return;
        }
        if (runs.Count > 0 && runs[^1].End == first)
        {
            runs[^1] = (runs[^1].First, end);
        }
        else
        {
            runs.Add((first, end));
        }
    }
}
