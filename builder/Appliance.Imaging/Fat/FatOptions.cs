namespace Appliance.Imaging.Fat;

/// <summary>How a FAT file system is made.</summary>
public sealed record FatOptions
{
    /// <summary>Bytes of the whole file system; a multiple of 512.</summary>
    public required long Size { get; init; }

    /// <summary>Serial number of the volume.</summary>
    public required uint VolumeId { get; init; }

    /// <summary>Volume label: at most 11 capital letters, digits, spaces, "-" and "_"; "" for none.</summary>
    public string Label { get; init; } = "";

    /// <summary>Null takes FAT32 where the size has room for its 65525 clusters, otherwise FAT16.</summary>
    public FatKind? Kind { get; init; }

    /// <summary>Bytes of a cluster: a power of 2 from 512 to 32768; null chooses.</summary>
    public int? ClusterSize { get; init; }
}
