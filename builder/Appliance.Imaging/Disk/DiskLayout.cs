namespace Appliance.Imaging.Disk;

/// <summary>A disk as plain data: what is on it and in which order.</summary>
/// <param name="Id">GUID of the disk.</param>
/// <param name="Partitions">Partitions in the order of their place and number.</param>
public sealed record DiskLayout(Guid Id, IReadOnlyList<Partition> Partitions)
{
    /// <summary>Bytes of a logical sector; the only size that pmbr and gptboot read.</summary>
    public const int SectorSize = 512;

    /// <summary>Where partitions may begin, in bytes.</summary>
    public long Alignment { get; init; } = 1 << 20;

    /// <summary>Size of the whole disk in bytes; null means as small as holds the partitions.</summary>
    public long? Size { get; init; }

    /// <summary>Code of the protective MBR; its first 440 bytes are used (boot/pmbr). Empty for none.</summary>
    public ReadOnlyMemory<byte> BootCode { get; init; }
}
