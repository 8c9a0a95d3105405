using Appliance.Sources.Files;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Archives.Tar;

/// <summary>Reads headers here and there in an archive through one large buffer.</summary>
internal sealed class ArchiveWindow(SafeFileHandle file, long length)
{
    private readonly byte[] buffer = new byte[256 * 1024];
    private long start;
    private int filled;

    public long Length => length;

    /// <summary>A block of 512 bytes; valid until the next read.</summary>
    public ReadOnlySpan<byte> Block(long offset)
    {
        if (offset < start || offset + TarHeader.Size > start + filled)
        {
            start = offset;
            filled = (int)Math.Min(buffer.Length, Math.Max(0, length - offset));
            if (filled < TarHeader.Size)
            {
                filled = 0;
                throw new ArchiveException("it is truncated: it stops without the mark of its end");
            }

            ExactReads.Read(file, offset, buffer.AsSpan(0, filled), "the archive");
        }

        return buffer.AsSpan((int)(offset - start), TarHeader.Size);
    }

    /// <summary>A copy of some bytes.</summary>
    public byte[] Bytes(long offset, long count, int maximum, string what)
    {
        if (count > maximum)
        {
            throw new ArchiveException(
                $"{what} of {count} bytes is larger than the {maximum} that are allowed"
            );
        }

        var bytes = new byte[count];
        ExactReads.Read(file, offset, bytes, "the archive");
        return bytes;
    }
}
