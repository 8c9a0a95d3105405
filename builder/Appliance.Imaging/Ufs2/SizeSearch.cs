namespace Appliance.Imaging.Ufs2;

/// <summary>Finds how large a file system has to be, and whether the given size is enough.</summary>
internal static class SizeSearch
{
    /// <summary>Bytes of the smallest file system that the format allows in practice.</summary>
    private const long SmallestSize = 512 << 10;

    /// <summary>Above this the numbers of blocks and inodes no longer fit (2^32 blocks).</summary>
    private const long LargestSize = 1L << 46;

    public static Geometry Resolve(Ufs2Options options, BlockNeeds needs)
    {
        if (options.Size is not long given)
        {
            return Smallest(options, needs, density: null).Geometry;
        }
        int density = options.BytesPerInode ?? 2 * options.FragmentSize;
        Geometry? geometry = Divide(options, needs, given, density);
        if (geometry is not null && Lacking(options, needs, geometry) <= 0)
        {
            return geometry;
        }
        throw new NoRoomException("The file system", given, Smallest(options, needs, density).Size);
    }

    private static (Geometry Geometry, long Size) Smallest(
        Ufs2Options options,
        BlockNeeds needs,
        int? density
    )
    {
        long size = Math.Max(SmallestSize, needs.Blocks * options.BlockSize);
        size = (size + options.BlockSize - 1) / options.BlockSize * options.BlockSize;
        while (size < LargestSize)
        {
            Geometry? geometry = Divide(options, needs, size, density);
            long lacking = geometry is null
                ? Math.Max(1, size / options.BlockSize / 64)
                : Lacking(options, needs, geometry);
            if (lacking <= 0)
            {
                return (geometry!, size);
            }
            size += lacking * options.BlockSize;
        }
        throw new ImagingException(
            $"The file system would be larger than {LargestSize} bytes with {options.FreePercent} % of it free."
        );
    }

    private static Geometry? Divide(Ufs2Options options, BlockNeeds needs, long size, int? density)
    {
        long inodes = Ufs2Format.RootInode + needs.Starts.Count + options.FreeInodes;
        if (density is int bytes)
        {
            inodes = Math.Max(inodes, size / bytes);
        }
        return Geometry.Divide(options.BlockSize, options.FragmentSize, size, inodes);
    }

    /// <summary>Blocks missing for the content and the free space; 0 or less if there are enough.</summary>
    private static long Lacking(Ufs2Options options, BlockNeeds needs, Geometry geometry)
    {
        long percent =
            ((geometry.DataSize * options.FreePercent) + 99) / 100 * options.FragmentSize;
        long free = Math.Max(options.FreeBytes, percent);
        long freeBlocks = (free + options.BlockSize - 1) / options.BlockSize;
        return needs.Blocks + freeBlocks - geometry.DataBlocks;
    }
}
