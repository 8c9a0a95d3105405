namespace Appliance.FirstBoot.Media;

/// <summary>
/// Reads of any place and length on a source that takes whole sectors only, with a limit for all of them
/// together: a damaged file system may lead in circles, but not for ever.
/// </summary>
internal sealed class BlockReader(IBlockSource source)
{
    /// <summary>A multiple of every sector size (512, 2048, 4096).</summary>
    private const int WindowSize = 32 * 1024;

    /// <summary>No seed is this large; a walk through one that is sound reads a small part of it.</summary>
    private const long Budget = 64L << 20;

    private readonly Window[] windows = [new(), new(), new(), new()];
    private int turn;
    private long spent;

    /// <exception cref="MediumException">The place is not there, or too much was read already.</exception>
    public byte[] Read(long offset, int length)
    {
        var result = new byte[length];
        return TryRead(offset, result)
            ? result
            : throw new MediumException("something lies beyond the end of the medium");
    }

    /// <summary>False when the medium ends before.</summary>
    public bool TryRead(long offset, Span<byte> buffer)
    {
        if (offset < 0)
        {
            return false;
        }

        while (buffer.Length > 0)
        {
            var window = Load(offset / WindowSize * WindowSize);
            var inside = (int)(offset - window.Start);
            var count = Math.Min(window.Length - inside, buffer.Length);
            if (count <= 0)
            {
                return false;
            }

            window.Content.AsSpan(inside, count).CopyTo(buffer);
            buffer = buffer[count..];
            offset += count;
        }

        return true;
    }

    private Window Load(long start)
    {
        if (Array.Find(windows, item => item.Start == start) is { } known)
        {
            return known;
        }

        spent += WindowSize;
        if (spent > Budget)
        {
            throw new MediumException("its structures lead in circles");
        }

        var window = windows[turn++ % windows.Length];
        window.Start = -1;
        window.Length = source.Read(start, window.Content);
        window.Start = start;
        return window;
    }

    /// <summary>A part of the source that was read; an allocation table and what it tells of are read in turns.</summary>
    private sealed class Window
    {
        public byte[] Content { get; } = new byte[WindowSize];

        public long Start { get; set; } = -1;

        public int Length { get; set; }
    }
}
