using Appliance.Imaging.Gpt;

namespace Appliance.Imaging.Disk;

/// <summary>A partition with its place on the disk.</summary>
/// <param name="Partition">What was asked for.</param>
/// <param name="Number">Number in the table, from 1.</param>
/// <param name="Offset">First byte on the disk.</param>
/// <param name="Size">Bytes.</param>
public sealed record PlacedPartition(Partition Partition, int Number, long Offset, long Size);

/// <summary>A layout with every offset and size resolved, before a byte of it is written.</summary>
public sealed class DiskPlan
{
    private DiskPlan(DiskLayout layout, IReadOnlyList<PlacedPartition> partitions, long size)
    {
        Layout = layout;
        Partitions = partitions;
        Size = size;
    }

    /// <summary>What was asked for.</summary>
    public DiskLayout Layout { get; }

    /// <summary>The partitions, in order.</summary>
    public IReadOnlyList<PlacedPartition> Partitions { get; }

    /// <summary>Bytes of the whole disk.</summary>
    public long Size { get; }

    /// <summary>Places the partitions one after the other.</summary>
    /// <exception cref="NoRoomException">A content is longer than its partition, or the partitions than the disk.</exception>
    /// <exception cref="ImagingException">The layout contradicts itself.</exception>
    public static DiskPlan Resolve(DiskLayout layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        CheckLayout(layout);
        var placed = new List<PlacedPartition>();
        long end = GptTable.FirstUsableOffset;
        foreach (Partition partition in layout.Partitions)
        {
            long offset = RoundUp(end, layout.Alignment);
            long size = ResolveSize(partition);
            placed.Add(new PlacedPartition(partition, placed.Count + 1, offset, size));
            end = offset + size;
        }
        long needed = RoundUp(end + GptTable.TrailingLength, layout.Alignment);
        long disk = layout.Size ?? needed;
        if (disk < end + GptTable.TrailingLength)
        {
            throw new NoRoomException("The partitions", disk, end + GptTable.TrailingLength);
        }
        return new DiskPlan(layout, placed, disk);
    }

    /// <summary>Writes tables and partitions into a target of <see cref="Size"/> bytes.</summary>
    public void Write(
        IImageTarget target,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        GptTable.Write(this, target);
        foreach (PlacedPartition placed in Partitions)
        {
            var range = new TargetRange(target, placed.Offset, placed.Size);
            placed.Partition.Content?.Write(range, progress, cancellationToken);
        }
    }

    private static long ResolveSize(Partition partition)
    {
        long content = partition.Content?.Length ?? 0;
        long size = partition.Size ?? content;
        if (size <= 0)
        {
            throw new ImagingException(
                $"Partition '{partition.Label}' has neither a size nor a content; give it a size."
            );
        }
        size = RoundUp(size, DiskLayout.SectorSize);
        return content > size
            ? throw new NoRoomException(
                $"The content of partition '{partition.Label}'",
                size,
                content
            )
            : size;
    }

    private static void CheckLayout(DiskLayout layout)
    {
        if (
            layout.Alignment < DiskLayout.SectorSize
            || layout.Alignment % DiskLayout.SectorSize != 0
        )
        {
            throw new ImagingException(
                $"An alignment of {layout.Alignment} bytes is not a multiple of the sector size {DiskLayout.SectorSize}."
            );
        }
        if (layout.Size is long size && (size <= 0 || size % DiskLayout.SectorSize != 0))
        {
            throw new ImagingException(
                $"A disk of {size} bytes is not a multiple of the sector size {DiskLayout.SectorSize}."
            );
        }
        if (layout.Partitions.Count > GptTable.EntryCount)
        {
            throw new ImagingException(
                $"{layout.Partitions.Count} partitions; the table holds {GptTable.EntryCount}."
            );
        }
        CheckNames(layout);
    }

    private static void CheckNames(DiskLayout layout)
    {
        var labels = new HashSet<string>(StringComparer.Ordinal);
        var ids = new HashSet<Guid> { layout.Id };
        foreach (Partition partition in layout.Partitions)
        {
            if (partition.Label.Length is 0 or > GptTable.MaximumLabelLength)
            {
                throw new ImagingException(
                    $"Partition label '{partition.Label}' has {partition.Label.Length} characters; 1 to {GptTable.MaximumLabelLength} are allowed."
                );
            }
            if (!labels.Add(partition.Label))
            {
                throw new ImagingException(
                    $"Two partitions are labelled '{partition.Label}'; fstab could not tell them apart."
                );
            }
            if (partition.Type == Guid.Empty || !ids.Add(partition.Id))
            {
                throw new ImagingException(
                    $"Partition '{partition.Label}' needs a type and a GUID that nothing else on the disk has."
                );
            }
        }
    }

    private static long RoundUp(long value, long unit) => (value + unit - 1) / unit * unit;
}
