using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Archives.Xz;

/// <summary>A part of a file as a stream, read in large pieces; several may read from one handle at once.</summary>
internal sealed class FileRangeStream(SafeFileHandle file, long offset, long length) : Stream
{
    private readonly byte[] buffer = new byte[(int)Math.Min(256 * 1024, Math.Max(1, length))];
    private long fetched;
    private int start;
    private int end;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position
    {
        get => fetched - (end - start);
        set => throw new NotSupportedException();
    }

    public override int ReadByte() => start < end || Fill() ? buffer[start++] : -1;

    public override int Read(Span<byte> destination)
    {
        if (destination.IsEmpty || (start == end && !Fill()))
        {
            return 0;
        }

        var count = Math.Min(destination.Length, end - start);
        buffer.AsSpan(start, count).CopyTo(destination);
        start += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        Read(buffer.AsSpan(offset, count));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    private bool Fill()
    {
        var wanted = (int)Math.Min(buffer.Length, length - fetched);
        start = 0;
        end = wanted == 0 ? 0 : RandomAccess.Read(file, buffer.AsSpan(0, wanted), offset + fetched);
        fetched += end;
        return end > 0;
    }
}
