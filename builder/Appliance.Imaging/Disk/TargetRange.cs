namespace Appliance.Imaging.Disk;

/// <summary>A part of a target: a partition on a disk.</summary>
internal sealed class TargetRange : IImageTarget
{
    private readonly IImageTarget _whole;
    private readonly long _start;

    public TargetRange(IImageTarget whole, long start, long length)
    {
        _whole = whole;
        _start = start;
        Length = length;
    }

    public long Length { get; }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        Check(this, offset, bytes.Length);
        _whole.Write(_start + offset, bytes);
    }

    /// <summary>Throws when a write would leave its target: that would be a fault of the writer.</summary>
    public static void Check(IImageTarget target, long offset, int count)
    {
        if (offset < 0 || count > target.Length - offset)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset),
                $"A write of {count} bytes at {offset} leaves the {target.Length} bytes of its target."
            );
        }
    }
}
