using Appliance.Sources.Files;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Archives.Tar;

/// <summary>Reads headers here and there in an archive that lies unpacked on the disk, through one large buffer.</summary>
internal sealed class FileWindow(SafeFileHandle file, long length) : ArchiveWindow
{
    private readonly byte[] buffer = new byte[256 * 1024];
    private long start;
    private int filled;

    public override long Length => length;

    public override ReadOnlySpan<byte> Block(long offset)
    {
        if (offset < start || offset + TarHeader.Size > start + filled)
        {
            start = offset;
            filled = (int)Math.Min(buffer.Length, Math.Max(0, length - offset));
            if (filled < TarHeader.Size)
            {
                filled = 0;
                throw Truncated();
            }

            ExactReads.Read(file, offset, buffer.AsSpan(0, filled), "the archive");
        }

        return buffer.AsSpan((int)(offset - start), TarHeader.Size);
    }

    protected override void Fill(long offset, Span<byte> bytes) =>
        ExactReads.Read(file, offset, bytes, "the archive");
}
