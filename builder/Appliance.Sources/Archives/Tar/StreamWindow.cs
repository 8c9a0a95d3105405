namespace Appliance.Sources.Archives.Tar;

/// <summary>
/// An archive that is unpacked while it is read, so that nothing of it is ever on the disk. It goes forwards only: the
/// content of an entry has to be read before the reader is asked for the next one.
/// </summary>
internal sealed class StreamWindow(Stream archive) : ArchiveWindow
{
    private readonly byte[] block = new byte[TarHeader.Size];
    private readonly byte[] waste = new byte[64 * 1024];
    private long blockOffset = -1;
    private long position;

    public override long Length => long.MaxValue;

    public override ReadOnlySpan<byte> Block(long offset)
    {
        if (offset != blockOffset)
        {
            Fill(offset, block);
            blockOffset = offset;
        }

        return block;
    }

    /// <summary>Reads some content; returns 0 where <paramref name="buffer"/> is empty only.</summary>
    public int Read(long offset, Span<byte> buffer)
    {
        SkipTo(offset);
        var read = archive.Read(buffer);
        position += read;
        return read > 0 || buffer.IsEmpty ? read : throw Truncated();
    }

    protected override void Fill(long offset, Span<byte> bytes)
    {
        SkipTo(offset);
        var read = archive.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        position += read;
        if (read < bytes.Length)
        {
            throw Truncated();
        }
    }

    private void SkipTo(long offset)
    {
        if (offset < position)
        {
            throw new InvalidOperationException(
                "An archive that is unpacked as it is read goes forwards only."
            );
        }

        while (position < offset)
        {
            var read = archive.Read(
                waste.AsSpan(0, (int)Math.Min(waste.Length, offset - position))
            );
            position += read > 0 ? read : throw Truncated();
        }
    }
}
