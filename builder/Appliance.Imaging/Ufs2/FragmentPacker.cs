namespace Appliance.Imaging.Ufs2;

/// <summary>
/// Puts the tails of files side by side into blocks. A tail goes into the block it fills best, of those the latest one,
/// so that it stays near its file.
/// </summary>
internal sealed class FragmentPacker
{
    private readonly int _fragmentsPerBlock;

    /// <summary>Blocks by the number of fragments that are free at their end.</summary>
    private readonly Stack<uint>[] _open;

    public FragmentPacker(int fragmentsPerBlock)
    {
        _fragmentsPerBlock = fragmentsPerBlock;
        _open = new Stack<uint>[fragmentsPerBlock];
        for (int i = 0; i < _open.Length; i++)
        {
            _open[i] = new Stack<uint>();
        }
    }

    /// <summary>Finds a place for a tail.</summary>
    /// <param name="count">Fragments, fewer than a block has.</param>
    /// <param name="nextBlock">The next unused block; taken if no open one has room.</param>
    /// <returns>Block times fragments per block, plus the fragment within it.</returns>
    public long Place(int count, ref uint nextBlock)
    {
        for (int free = count; free < _fragmentsPerBlock; free++)
        {
            if (_open[free].TryPop(out uint block))
            {
                Keep(block, free - count);
                return ((long)block * _fragmentsPerBlock) + _fragmentsPerBlock - free;
            }
        }
        uint fresh = nextBlock++;
        Keep(fresh, _fragmentsPerBlock - count);
        return (long)fresh * _fragmentsPerBlock;
    }

    /// <summary>The blocks that are not full, ascending, with the number of free fragments at their end.</summary>
    public (uint Block, int Free)[] PartialBlocks()
    {
        var partial = new List<(uint Block, int Free)>();
        for (int free = 1; free < _fragmentsPerBlock; free++)
        {
            partial.AddRange(_open[free].Select(block => (block, free)));
        }
        partial.Sort();
        return [.. partial];
    }

    private void Keep(uint block, int free)
    {
        if (free > 0)
        {
            _open[free].Push(block);
        }
    }
}
