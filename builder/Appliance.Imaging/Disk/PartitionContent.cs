namespace Appliance.Imaging.Disk;

/// <summary>What a partition holds: a file system or plain bytes.</summary>
public abstract class PartitionContent
{
    /// <summary>The bytes it occupies, from the start of the partition.</summary>
    public abstract long Length { get; }

    /// <summary>Writes it into a target of at least <see cref="Length"/> bytes that reads as zeros so far.</summary>
    /// <param name="target">The partition.</param>
    /// <param name="progress">Told the bytes of content written since the last report.</param>
    /// <param name="cancellationToken">Stops between two pieces of content.</param>
    public abstract void Write(
        IImageTarget target,
        IProgress<long>? progress,
        CancellationToken cancellationToken
    );
}
