namespace Appliance.Imaging.Disk;

/// <summary>What a <see cref="WindowWriter"/> has gathered: a window, and single pieces of what lies before it.</summary>
internal sealed class WriteBatch
{
    /// <summary>Bytes of a window.</summary>
    public const int Capacity = 4 << 20;

    /// <summary>Runs of zeros at least this long, on multiples of it, are not written.</summary>
    private const int SparseUnit = 64 << 10;

    private readonly byte[] _window = GC.AllocateUninitializedArray<byte>(Capacity);
    private readonly List<(long Offset, int At, int Length)> _pieces = [];
    private byte[] _pieceBytes = new byte[SparseUnit];

    /// <summary>Offset of the first byte of the window in the target; -1 while there is none.</summary>
    public long Start { get; private set; } = -1;

    /// <summary>Bytes of the window that are defined.</summary>
    public int Filled { get; private set; }

    /// <summary>Bytes of the pieces.</summary>
    public int PieceBytes { get; private set; }

    /// <summary>
    /// The part of the window for an offset, at most as long as wanted. What lies between it and the defined part becomes
    /// zeros. The offset lies in the window, or begins it.
    /// </summary>
    public Span<byte> Room(long offset, long wanted)
    {
        if (Start < 0)
        {
            Start = offset;
        }
        int at = (int)(offset - Start);
        int count = (int)Math.Min(wanted, Capacity - at);
        if (at > Filled)
        {
            _window.AsSpan(Filled, at - Filled).Clear();
        }
        Filled = Math.Max(Filled, at + count);
        return _window.AsSpan(at, count);
    }

    /// <summary>Room for a piece before the window. It is valid until the next piece is asked for.</summary>
    public Span<byte> Piece(long offset, int length)
    {
        if (PieceBytes + length > _pieceBytes.Length)
        {
            Array.Resize(ref _pieceBytes, Math.Max(2 * _pieceBytes.Length, PieceBytes + length));
        }
        _pieces.Add((offset, PieceBytes, length));
        PieceBytes += length;
        return _pieceBytes.AsSpan(PieceBytes - length, length);
    }

    /// <summary>Writes everything and is empty again.</summary>
    public void WriteTo(IImageTarget target)
    {
        foreach ((long offset, int at, int length) in _pieces)
        {
            target.Write(offset, _pieceBytes.AsSpan(at, length));
        }
        WriteWindow(target);
        _pieces.Clear();
        PieceBytes = 0;
        Start = -1;
        Filled = 0;
    }

    private void WriteWindow(IImageTarget target)
    {
        int runStart = -1;
        for (int at = 0; at < Filled; )
        {
            int unit = (int)Math.Min(SparseUnit - ((Start + at) % SparseUnit), Filled - at);
            bool isZero = _window.AsSpan(at, unit).IndexOfAnyExcept((byte)0) < 0;
            if (isZero && runStart >= 0)
            {
                target.Write(Start + runStart, _window.AsSpan(runStart, at - runStart));
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
            target.Write(Start + runStart, _window.AsSpan(runStart, Filled - runStart));
        }
    }
}
