using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Disk;

/// <summary>
/// Gathers writes that mostly ascend into large ones and leaves out what is zero. A write behind the window goes
/// straight to the target.
/// </summary>
/// <param name="target">What is written to.</param>
/// <param name="longestGap">
/// Bytes between two writes that may be written as zeros, so that both go out together. A longer gap may hold what someone
/// else has written and is left alone.
/// </param>
internal sealed class WindowWriter(IImageTarget target, int longestGap)
{
    private const int Capacity = 4 << 20;

    /// <summary>Runs of zeros at least this long, on multiples of it, are not written.</summary>
    private const int SparseUnit = 64 << 10;

    private readonly byte[] _window = GC.AllocateUninitializedArray<byte>(Capacity);
    private byte[] _behind = [];

    /// <summary>Offset of the first byte of the window in the target; -1 while there is none.</summary>
    private long _start = -1;

    /// <summary>Bytes of the window that are defined.</summary>
    private int _filled;

    /// <summary>Writes bytes at an offset.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        if (IsBehind(offset))
        {
            WriteBehind(offset, bytes);
            return;
        }
        while (!bytes.IsEmpty)
        {
            Span<byte> room = Room(offset, bytes.Length);
            bytes[..room.Length].CopyTo(room);
            bytes = bytes[room.Length..];
            offset += room.Length;
        }
    }

    /// <summary>Writes a range of a content at an offset, reading it right into the window.</summary>
    public void Copy(FileContent content, long from, long offset, long length)
    {
        if (IsBehind(offset))
        {
            CopyBehind(content, from, offset, length);
            return;
        }
        while (length > 0)
        {
            Span<byte> room = Room(offset, length);
            content.Read(from, room);
            from += room.Length;
            offset += room.Length;
            length -= room.Length;
        }
    }

    /// <summary>Brings everything to the target; the next write may be anywhere.</summary>
    public void Flush()
    {
        int runStart = -1;
        for (int at = 0; at < _filled; )
        {
            int unit = (int)Math.Min(SparseUnit - ((_start + at) % SparseUnit), _filled - at);
            bool isZero = _window.AsSpan(at, unit).IndexOfAnyExcept((byte)0) < 0;
            if (isZero && runStart >= 0)
            {
                target.Write(_start + runStart, _window.AsSpan(runStart, at - runStart));
                runStart = -1;
            }
            else if (!isZero && runStart < 0)
            {
                runStart = at;
            }
            at += unit;
        }
        if (runStart >= 0)
        {
            target.Write(_start + runStart, _window.AsSpan(runStart, _filled - runStart));
        }
        _start = -1;
        _filled = 0;
    }

    private bool IsBehind(long offset) => _start >= 0 && offset < _start;

    /// <summary>A part of the window for an offset, at most as long as wanted; moves the window when it is full.</summary>
    private Span<byte> Room(long offset, long wanted)
    {
        if (_start >= 0 && (offset >= _start + Capacity || offset - _start - _filled > longestGap))
        {
            Flush();
        }
        if (_start < 0)
        {
            _start = offset;
        }
        int at = (int)(offset - _start);
        int count = (int)Math.Min(wanted, Capacity - at);
        if (at > _filled)
        {
            _window.AsSpan(_filled, at - _filled).Clear();
        }
        _filled = Math.Max(_filled, at + count);
        return _window.AsSpan(at, count);
    }

    /// <summary>A range that begins behind the window; what of it reaches into the window goes there.</summary>
    private void WriteBehind(long offset, ReadOnlySpan<byte> bytes)
    {
        int before = (int)Math.Min(bytes.Length, _start - offset);
        target.Write(offset, bytes[..before]);
        if (before < bytes.Length)
        {
            Write(offset + before, bytes[before..]);
        }
    }

    private void CopyBehind(FileContent content, long from, long offset, long length)
    {
        while (length > 0 && IsBehind(offset))
        {
            int count = (int)Math.Min(Math.Min(length, SparseUnit), _start - offset);
            if (_behind.Length == 0)
            {
                _behind = new byte[SparseUnit];
            }
            Span<byte> piece = _behind.AsSpan(0, count);
            content.Read(from, piece);
            target.Write(offset, piece);
            from += count;
            offset += count;
            length -= count;
        }
        if (length > 0)
        {
            Copy(content, from, offset, length);
        }
    }
}
