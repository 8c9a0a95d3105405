namespace Appliance.Imaging.Disk;

/// <summary>
/// Something of a fixed length that bytes are written into at any offset. What is never written reads as zeros.
/// </summary>
public interface IImageTarget
{
    /// <summary>Length in bytes.</summary>
    long Length { get; }

    /// <summary>Writes bytes at an offset. The range lies within <see cref="Length"/>.</summary>
    /// <exception cref="IOException">The medium refused.</exception>
    void Write(long offset, ReadOnlySpan<byte> bytes);
}
