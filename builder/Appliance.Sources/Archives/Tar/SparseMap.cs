using System.Globalization;

namespace Appliance.Sources.Archives.Tar;

/// <summary>
/// The map of a sparse file in GNU's pax format 1.0: decimal numbers on lines of their own at the start of the data, the
/// count first, then offset and length of every part; padded to whole blocks. Source: the manual of GNU tar,
/// "Storing Sparse Files".
/// </summary>
internal static class SparseMap
{
    private const int LongestLine = 20;
    private const long MaximumParts = 1 << 20;

    /// <param name="window">The archive.</param>
    /// <param name="offset">Where the data of the entry starts.</param>
    /// <param name="dataSize">Bytes of data, the map included.</param>
    /// <param name="realSize">Bytes of the file, holes included.</param>
    /// <exception cref="ArchiveException">The map is damaged.</exception>
    public static List<SparseExtent> Read(
        ArchiveWindow window,
        long offset,
        long dataSize,
        long realSize
    )
    {
        var lines = new LineReader(window, offset, dataSize);
        var count = lines.Next();
        if (count > MaximumParts)
        {
            throw new ArchiveException($"its map of holes has more than {MaximumParts} parts");
        }

        var parts = new List<(long Offset, long Length)>();
        for (long part = 0; part < count; part++)
        {
            parts.Add((lines.Next(), lines.Next()));
        }

        return Place(parts, offset + lines.PaddedLength, offset + dataSize, realSize);
    }

    private static List<SparseExtent> Place(
        List<(long Offset, long Length)> parts,
        long source,
        long end,
        long realSize
    )
    {
        var extents = new List<SparseExtent>();
        long position = 0;
        foreach (var (partOffset, partLength) in parts)
        {
            if (
                partOffset < position
                || partLength > realSize - partOffset
                || partLength > end - source
            )
            {
                throw new ArchiveException("its map of holes does not fit its content");
            }

            if (partLength > 0)
            {
                extents.Add(new SparseExtent(partOffset, source, partLength));
            }

            position = partOffset + partLength;
            source += partLength;
        }

        return extents;
    }

    private sealed class LineReader(ArchiveWindow window, long offset, long dataSize)
    {
        private long read;

        public long PaddedLength => (read + TarHeader.Size - 1) & -(long)TarHeader.Size;

        public long Next()
        {
            Span<byte> digits = stackalloc byte[LongestLine];
            for (var count = 0; count < LongestLine && read < dataSize; count++)
            {
                var next = window.Block(offset + (read & -(long)TarHeader.Size))[
                    (int)(read % TarHeader.Size)
                ];
                read++;
                if (
                    next == (byte)'\n'
                    && long.TryParse(
                        digits[..count],
                        NumberStyles.None,
                        CultureInfo.InvariantCulture,
                        out var number
                    )
                )
                {
                    return number;
                }

                digits[count] = next;
            }

            throw new ArchiveException("its map of holes is damaged");
        }
    }
}
