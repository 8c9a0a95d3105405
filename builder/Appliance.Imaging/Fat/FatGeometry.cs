using System.Numerics;

namespace Appliance.Imaging.Fat;

/// <summary>Where the parts of a FAT file system lie; all in sectors of 512 bytes.</summary>
/// <param name="Kind">Width of an entry.</param>
/// <param name="Sectors">Of the whole file system.</param>
/// <param name="SectorsPerCluster">A power of 2.</param>
/// <param name="ReservedSectors">Before the first table.</param>
/// <param name="TableSectors">Of one of the two tables.</param>
/// <param name="RootSectors">Of the root directory, which FAT16 keeps apart.</param>
/// <param name="Clusters">Clusters for data.</param>
internal sealed record FatGeometry(
    FatKind Kind,
    long Sectors,
    int SectorsPerCluster,
    int ReservedSectors,
    int TableSectors,
    int RootSectors,
    long Clusters
)
{
    public const int SectorSize = 512;
    public const int TableCount = 2;

    /// <summary>Number of the first cluster; 0 and 1 have no place on disk.</summary>
    public const int FirstCluster = 2;

    private const int LeastClusters16 = 4085;
    private const int LeastClusters32 = 65525;
    private const long MostClusters32 = 0x0FFFFFF5;
    private const int LargestCluster = 32768;
    private const int UsualCluster = 4096;

    public int ClusterSize => SectorsPerCluster * SectorSize;

    /// <summary>Bytes of a table entry.</summary>
    public int EntryLength => Kind == FatKind.Fat16 ? 2 : 4;

    /// <summary>First sector of the root directory of FAT16, or of the data.</summary>
    public long RootStart => ReservedSectors + ((long)TableCount * TableSectors);

    /// <summary>Byte offset of a cluster.</summary>
    public long OffsetOf(long cluster) =>
        (RootStart + RootSectors + ((cluster - FirstCluster) * SectorsPerCluster)) * SectorSize;

    /// <summary>Finds a division that makes the wanted kind, or any if none is wanted.</summary>
    /// <exception cref="ImagingException">There is none; the message says what the size would have to be.</exception>
    public static FatGeometry Choose(FatOptions options)
    {
        CheckOptions(options);
        FatGeometry? found = null;
        if (options.Kind != FatKind.Fat16)
        {
            found = Choose(options, FatKind.Fat32);
        }
        if (found is null && options.Kind != FatKind.Fat32)
        {
            found = Choose(options, FatKind.Fat16);
        }
        return found
            ?? throw new ImagingException(
                $"{options.Size} bytes{(options.ClusterSize is int size ? $" in clusters of {size}" : "")} are no valid "
                    + $"{options.Kind?.ToString().ToUpperInvariant() ?? "FAT file system"}: FAT16 has {LeastClusters16} to "
                    + $"{LeastClusters32 - 1} clusters, FAT32 has more. {Advice(options.Kind)}"
            );
    }

    private static string Advice(FatKind? kind) =>
        kind == FatKind.Fat32
            ? "Give it at least 34 MiB with clusters of 512 bytes, or take FAT16."
            : "Give it at least 3 MiB.";

    private static FatGeometry? Choose(FatOptions options, FatKind kind)
    {
        if (options.ClusterSize is int given)
        {
            FatGeometry only = Divide(options.Size, kind, given);
            return only.IsValid ? only : null;
        }
        // Clusters of a page where that makes enough of them, smaller ones before larger ones otherwise.
        for (int size = UsualCluster; size >= SectorSize; size /= 2)
        {
            FatGeometry candidate = Divide(options.Size, kind, size);
            if (candidate.IsValid)
            {
                return candidate;
            }
        }
        for (int size = UsualCluster * 2; size <= LargestCluster; size *= 2)
        {
            FatGeometry candidate = Divide(options.Size, kind, size);
            if (candidate.IsValid)
            {
                return candidate;
            }
        }
        return null;
    }

    private bool IsValid =>
        Kind == FatKind.Fat16
            ? Clusters is >= LeastClusters16 and < LeastClusters32
            : Clusters is >= LeastClusters32 and < MostClusters32;

    private static FatGeometry Divide(long size, FatKind kind, int clusterSize)
    {
        long sectors = size / SectorSize;
        int perCluster = clusterSize / SectorSize;
        int reserved = kind == FatKind.Fat16 ? 1 : 32;
        int root = kind == FatKind.Fat16 ? 32 : 0;
        int entry = kind == FatKind.Fat16 ? 2 : 4;
        long table = 1;
        while (true)
        {
            long clusters = Math.Max(
                0,
                (sectors - reserved - root - (TableCount * table)) / perCluster
            );
            long needed = (((clusters + FirstCluster) * entry) + SectorSize - 1) / SectorSize;
            if (needed <= table)
            {
                return new FatGeometry(
                    kind,
                    sectors,
                    perCluster,
                    reserved,
                    (int)table,
                    root,
                    clusters
                );
            }
            table = needed;
        }
    }

    private static void CheckOptions(FatOptions options)
    {
        if (options.Size <= 0 || options.Size % SectorSize != 0 || options.Size > 1L << 40)
        {
            throw new ImagingException(
                $"A FAT file system of {options.Size} bytes: the size has to be a multiple of {SectorSize}, at most 1 TiB."
            );
        }
        if (
            options.ClusterSize is int cluster
            && (!BitOperations.IsPow2(cluster) || cluster is < SectorSize or > LargestCluster)
        )
        {
            throw new ImagingException(
                $"A cluster of {cluster} bytes: it has to be a power of 2 from {SectorSize} to {LargestCluster}."
            );
        }
        if (
            options.Label.Length > 11
            || options.Label.Any(c =>
                !char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c is not (' ' or '-' or '_')
            )
        )
        {
            throw new ImagingException(
                $"FAT label '{options.Label}': at most 11 capital letters, digits, spaces, '-' and '_' are allowed."
            );
        }
    }
}
