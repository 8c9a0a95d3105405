using Microsoft.Win32.SafeHandles;

namespace Appliance.Imaging.Disk;

/// <summary>A range of an open file as it is: byte for byte. Writes to different places may come from several threads.</summary>
public sealed class RawTarget : IImageTarget
{
    private readonly SafeFileHandle _handle;
    private readonly long _start;

    /// <param name="handle">A new, empty file open for writing; it stays the caller's.</param>
    /// <param name="start">Where in the file the range begins.</param>
    /// <param name="length">Bytes in the range.</param>
    public RawTarget(SafeFileHandle handle, long start, long length)
    {
        ArgumentNullException.ThrowIfNull(handle);
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _handle = handle;
        _start = start;
        Length = length;
    }

    public long Length { get; }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        TargetRange.Check(this, offset, bytes.Length);
        RandomAccess.Write(_handle, bytes, _start + offset);
    }
}
