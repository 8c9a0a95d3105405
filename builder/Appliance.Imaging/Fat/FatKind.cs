namespace Appliance.Imaging.Fat;

/// <summary>Width of a FAT entry. It follows from the number of clusters and from nothing else (FAT specification, 3.5).</summary>
public enum FatKind
{
    /// <summary>4085 to 65524 clusters.</summary>
    Fat16,

    /// <summary>65525 clusters and more.</summary>
    Fat32,
}
