using System.Numerics;
using Appliance.Imaging.Disk;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Ufs2;

/// <summary>
/// A UFS2 file system that is planned to its last block but not written: its size is known, so a disk can be laid out
/// around it. The tree must not change between the plan and the writing.
/// </summary>
public sealed class Ufs2FileSystem : PartitionContent
{
    private const int SmallestBlock = 4096;
    private const int LargestBlock = 65536;
    private const int MaximumLabelLength = 31;

    private readonly Ufs2Options _options;
    private readonly TreeSnapshot _tree;
    private readonly BlockMap _map;
    private readonly BlockNeeds _needs;
    private readonly Geometry _geometry;

    private Ufs2FileSystem(Ufs2Options options, TreeSnapshot tree)
    {
        _options = options;
        _tree = tree;
        _map = new BlockMap(options.BlockSize, options.FragmentSize);
        _needs = new BlockNeeds(tree, _map, options.BlockSize / options.FragmentSize);
        _geometry = SizeSearch.Resolve(options, _needs);
        Length = options.Size ?? (_geometry.Size * options.FragmentSize);
    }

    /// <inheritdoc/>
    public override long Length { get; }

    /// <summary>Bytes that are free, the reserve included, as df(1) counts them.</summary>
    public long FreeBytes =>
        ((_geometry.DataBlocks - _needs.Blocks) * _options.BlockSize)
        + (
            (
                _geometry.FreeFragmentsOfMetadata
                + _needs.PartialBlocks.Sum(partial => (long)partial.Free)
            ) * _options.FragmentSize
        );

    /// <summary>Inodes in use; every node of the tree has one.</summary>
    public long UsedInodes => _tree.Nodes.Count;

    /// <summary>Inodes that are free.</summary>
    public long FreeInodes =>
        ((long)_geometry.GroupCount * _geometry.InodesPerGroup) - Ufs2Format.RootInode - UsedInodes;

    /// <summary>Cylinder groups.</summary>
    public int GroupCount => _geometry.GroupCount;

    /// <summary>Plans a file system that holds a tree.</summary>
    /// <exception cref="NoRoomException">The given size is too small; says by how many bytes.</exception>
    /// <exception cref="ImagingException">An option or a node is nothing that UFS2 can hold.</exception>
    public static Ufs2FileSystem Plan(FileTree tree, Ufs2Options options)
    {
        ArgumentNullException.ThrowIfNull(tree);
        ArgumentNullException.ThrowIfNull(options);
        CheckOptions(options);
        var snapshot = new TreeSnapshot(tree.Root);
        CheckLinks(snapshot);
        return new Ufs2FileSystem(options, snapshot);
    }

    /// <inheritdoc/>
    public override void Write(
        IImageTarget target,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        var placement = new Placement(_geometry, _needs);
        new MetadataWriter(_options, _geometry, _map, _tree, _needs, placement).Write(
            target,
            cancellationToken
        );
        new ContentWriter(target, _geometry, _map, _tree, _needs, placement).Write(
            progress,
            cancellationToken
        );
    }

    private static void CheckOptions(Ufs2Options options)
    {
        if (
            !BitOperations.IsPow2(options.BlockSize)
            || options.BlockSize is < SmallestBlock or > LargestBlock
        )
        {
            throw new ImagingException(
                $"A block of {options.BlockSize} bytes: it has to be a power of 2 from {SmallestBlock} to {LargestBlock}."
            );
        }
        if (
            !BitOperations.IsPow2(options.FragmentSize)
            || options.FragmentSize > options.BlockSize
            || options.FragmentSize < options.BlockSize / 8
        )
        {
            throw new ImagingException(
                $"A fragment of {options.FragmentSize} bytes: for blocks of {options.BlockSize} it has to be a power of 2 "
                    + $"from {options.BlockSize / 8} to {options.BlockSize}."
            );
        }
        if (
            options.Label.Length > MaximumLabelLength
            || options.Label.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
        )
        {
            throw new ImagingException(
                $"Volume label '{options.Label}': at most {MaximumLabelLength} letters, digits, '-' and '_' are allowed."
            );
        }
        CheckNumbers(options);
    }

    private static void CheckNumbers(Ufs2Options options)
    {
        CheckRange("Free percent", options.FreePercent, 0, 99);
        CheckRange("Minimum free percent", options.MinimumFreePercent, 0, 99);
        CheckRange("Free bytes", options.FreeBytes, 0, long.MaxValue / 2);
        CheckRange("Free inodes", options.FreeInodes, 0, uint.MaxValue / 2);
        CheckRange("Size", options.Size ?? 1, 1, 1L << 46);
        CheckRange(
            "Bytes per inode",
            options.BytesPerInode ?? options.FragmentSize,
            options.FragmentSize,
            int.MaxValue
        );
    }

    private static void CheckRange(string what, long value, long least, long most)
    {
        if (value < least || value > most)
        {
            throw new ImagingException($"{what} is {value}; it has to be from {least} to {most}.");
        }
    }

    private static void CheckLinks(TreeSnapshot tree)
    {
        foreach (TreeSnapshot.Directory directory in tree.Directories)
        {
            if (directory.SubdirectoryCount + 2 > Ufs2Format.MaximumLinks)
            {
                throw new ImagingException(
                    $"'{tree.PathOf(directory.Node)}' has {directory.SubdirectoryCount} directories in it; "
                        + $"UFS2 allows {Ufs2Format.MaximumLinks - 2}."
                );
            }
            for (int i = 0; i < directory.EntryCount; i++)
            {
                int entry = directory.FirstEntry + i;
                if (tree.Nodes[tree.Targets[entry]].NameCount > Ufs2Format.MaximumLinks)
                {
                    throw new ImagingException(
                        $"'{tree.PathOf(tree.Targets[entry])}' has more names than the {Ufs2Format.MaximumLinks} that UFS2 allows."
                    );
                }
            }
        }
    }
}
