using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Disk;

/// <summary>
/// Gathers writes that mostly ascend into large ones and leaves out what is zero. What is gathered is written by another
/// thread while more is being read: half of the work is the one, half the other. The target sees one write after the
/// other, in an order that does not depend on time; writes are done when <see cref="Flush"/> returns.
/// </summary>
/// <param name="target">What is written to.</param>
/// <param name="longestGap">
/// Bytes between two writes that may be written as zeros, so that both go out together. A longer gap may hold what someone
/// else has written and is left alone.
/// </param>
internal sealed class WindowWriter(IImageTarget target, int longestGap)
{
    /// <summary>Bytes of pieces before the window that may wait until it is full.</summary>
    private const int MostPieceBytes = 1 << 20;

    /// <summary>Longest piece.</summary>
    private const int PieceLength = 64 << 10;

    private WriteBatch _filling = new();
    private WriteBatch? _other;
    private Task _writing = Task.CompletedTask;

    /// <summary>Writes bytes at an offset.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
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
    /// <exception cref="IOException">The medium refused, now or earlier.</exception>
    public void Flush()
    {
        Pass();
        _writing.GetAwaiter().GetResult();
    }

    /// <summary>Hands over what is gathered as soon as what was handed over before is written.</summary>
    private void Pass()
    {
        _writing.GetAwaiter().GetResult();
        WriteBatch full = _filling;
        _filling = _other ?? new WriteBatch();
        _other = full;
        _writing = Task.Run(() => full.WriteTo(target));
    }

    /// <summary>Where to put what belongs at an offset; at most as long as wanted.</summary>
    private Span<byte> Room(long offset, long wanted)
    {
        long start = _filling.Start;
        bool isBehind = start >= 0 && offset < start;
        bool isBeyond =
            start >= 0
            && (
                offset >= start + WriteBatch.Capacity
                || offset - start - _filling.Filled > longestGap
            );
        if (isBeyond || (isBehind && _filling.PieceBytes >= MostPieceBytes))
        {
            Pass();
            isBehind = false;
        }
        return isBehind
            ? _filling.Piece(offset, (int)Math.Min(Math.Min(wanted, PieceLength), start - offset))
            : _filling.Room(offset, wanted);
    }
}
