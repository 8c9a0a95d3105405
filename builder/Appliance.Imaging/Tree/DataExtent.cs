namespace Appliance.Imaging.Tree;

/// <summary>A range of a file that holds data; what no extent covers is a hole and reads as zeros.</summary>
/// <param name="Offset">First byte, from the start of the file.</param>
/// <param name="Length">Number of bytes.</param>
public readonly record struct DataExtent(long Offset, long Length)
{
    /// <summary>The byte after the last one.</summary>
    public long End => Offset + Length;
}
