using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Profiles;

/// <summary>GPT partition types by their gpart(8) names.</summary>
public enum PartitionType
{
    /// <summary>freebsd-boot</summary>
    FreebsdBoot,

    /// <summary>efi</summary>
    Efi,

    /// <summary>freebsd-ufs</summary>
    FreebsdUfs,
}

/// <summary>What the builder puts into a partition.</summary>
public enum PartitionContent
{
    /// <summary>The system's file tree on UFS2.</summary>
    Root,

    /// <summary>FAT with the EFI loader.</summary>
    Esp,

    /// <summary>gptboot(8).</summary>
    Bootcode,

    /// <summary>Nothing: room for a second root slot or a configuration partition.</summary>
    Empty,
}

/// <summary>One partition of the image.</summary>
public sealed record Partition
{
    public required SourceLocation At { get; init; }

    /// <summary>GPT label; the device is /dev/gpt/LABEL.</summary>
    public required Located<string> Label { get; init; }

    public required PartitionType Type { get; init; }

    public required PartitionContent Content { get; init; }

    public required Located<PartitionSize> Size { get; init; }

    /// <summary>Only for UFS content.</summary>
    public FileSystemOptions FileSystem { get; init; } = new();
}

/// <summary>How large a partition is.</summary>
public abstract record PartitionSize
{
    private PartitionSize() { }

    public sealed record Fixed(ByteSize Size) : PartitionSize;

    /// <summary>As large as its content and <see cref="Free"/>.</summary>
    public sealed record Fit(FreeSpace Free) : PartitionSize;

    /// <summary>What the other partitions leave of the image's size.</summary>
    public sealed record Rest : PartitionSize;
}

/// <summary>Free space of a file system: a share of its size, or a number of bytes.</summary>
public abstract record FreeSpace
{
    private FreeSpace() { }

    /// <summary>Percent of the file system's size, 0 to 95.</summary>
    public sealed record Percent(int Value) : FreeSpace;

    public sealed record Amount(ByteSize Size) : FreeSpace;
}

/// <summary>Geometry of a UFS2 file system, in bytes.</summary>
public sealed record FileSystemOptions
{
    public ByteSize BlockSize { get; init; } = new(32768);

    public ByteSize FragmentSize { get; init; } = new(4096);
}
