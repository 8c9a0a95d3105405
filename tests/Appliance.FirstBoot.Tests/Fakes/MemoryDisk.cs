using Appliance.FirstBoot.Media;

namespace Appliance.FirstBoot.Tests.Fakes;

/// <summary>A disk in memory that, like a device, is read in whole sectors.</summary>
/// <param name="content">All of it.</param>
/// <param name="badSector">A sector that cannot be read.</param>
internal sealed class MemoryDisk(byte[] content, long? badSector = null) : IBlockSource
{
    private const int SectorSize = 512;

    /// <summary>How often something was read.</summary>
    public int Reads { get; private set; }

    public int Read(long offset, Span<byte> buffer)
    {
        Assert.Equal((0, 0), (offset % SectorSize, buffer.Length % SectorSize));
        Reads++;
        if (
            badSector is { } bad
            && bad * SectorSize >= offset
            && bad * SectorSize < offset + buffer.Length
        )
        {
            throw new IOException("Input/output error");
        }

        var length = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
        content.AsSpan((int)Math.Min(offset, content.Length), length).CopyTo(buffer);
        return length;
    }

    public void Dispose() { }
}
