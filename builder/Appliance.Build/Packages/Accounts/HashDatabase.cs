using System.Buffers.Binary;

namespace Appliance.Build.Packages.Accounts;

/// <summary>
/// Writes a db(3) database of type hash, big-endian, as FreeBSD's libc reads and goes on writing it (lib/libc/db/hash of
/// FreeBSD: hash.h and page.h describe the file). The table gets so many buckets that each fits its page: then it
/// is what the library itself leaves behind when it is told the number of elements beforehand.
/// </summary>
internal sealed class HashDatabase
{
    private const int PageSize = 4096;
    private const int PageShift = 12;
    private const int SegmentSize = 256;
    private const int SegmentShift = 8;
    private const int DirectorySize = 256;

    /// <summary>Keys of a bucket before the library splits it; what pwd_mkdb(8) asks for.</summary>
    private const int FillFactor = 32;

    /// <summary>Buckets of the smallest table, as a power of two: what pwd_mkdb's 256 elements come to.</summary>
    private const int SmallestTable = 3;

    /// <summary>More buckets than 2^15 need more than one page of 16-bit overflow addresses at a split point.</summary>
    private const int LargestTable = 15;

    private const int Magic = 0x061561;
    private const int Version = 2;
    private const int BigEndian = 4321;

    /// <summary>Pages before the first bucket.</summary>
    private const int HeaderPages = 1;

    private const int SplitPoints = 32;
    private const int SplitShift = 11;

    private static readonly byte[] HashCheck = "%$sniglet^&\0"u8.ToArray();

    private readonly List<(byte[] Key, byte[] Value)> pairs = [];
    private readonly HashSet<string> keys = new(StringComparer.Ordinal);

    /// <summary>Adds a pair unless its key is there already: R_NOOVERWRITE of db(3).</summary>
    public void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        if (keys.Add(Convert.ToHexString(key)))
        {
            pairs.Add((key.ToArray(), value.ToArray()));
        }
    }

    /// <summary>The file.</summary>
    /// <exception cref="BuildException">A pair is too large for a page.</exception>
    public byte[] ToArray()
    {
        for (var log = SmallestTable; log <= LargestTable; log++)
        {
            if (pairs.Count <= FillFactor << log && TryWrite(log) is { } file)
            {
                return file;
            }
        }

        throw new BuildException(
            BuildFailure.BadInput,
            $"a database of {pairs.Count} keys has one whose data does not fit a page of {PageSize} bytes"
        );
    }

    /// <summary>The library's default hash function: every key is looked up by it.</summary>
    internal static uint Hash(ReadOnlySpan<byte> key)
    {
        var hash = 0u;
        foreach (var b in key)
        {
            hash = (hash << 5) + hash + b;
        }

        return hash;
    }

    /// <summary>The header, the buckets and the map of overflow pages, which are all still free.</summary>
    private byte[]? TryWrite(int log)
    {
        var buckets = 1 << log;
        var file = new byte[(HeaderPages + buckets + 1) * PageSize];
        WriteHeader(file, log);
        for (var bucket = 0; bucket < buckets; bucket++)
        {
            new HashPage(Page(file, HeaderPages + bucket)).Clear();
        }

        foreach (var (key, value) in pairs)
        {
            var bucket = (int)(Hash(key) & (uint)(buckets - 1));
            if (!new HashPage(Page(file, HeaderPages + bucket)).TryAdd(key, value))
            {
                return null;
            }
        }

        WriteMap(Page(file, HeaderPages + buckets), log);
        return file;
    }

    private static Span<byte> Page(byte[] file, int number) =>
        file.AsSpan(number * PageSize, PageSize);

    private void WriteHeader(Span<byte> header, int log)
    {
        var buckets = 1 << log;
        ReadOnlySpan<int> fields =
        [
            Magic,
            Version,
            BigEndian,
            PageSize,
            PageShift,
            Math.Max(DirectorySize, buckets / SegmentSize),
            SegmentSize,
            SegmentShift,
            log, // split point at which overflow pages are allocated
            2, // last overflow page freed, as in a fresh table
            buckets - 1, // last bucket
            (buckets << 1) - 1, // mask of the table after its next doubling
            buckets - 1, // mask of the table now
            FillFactor,
            pairs.Count,
            HeaderPages,
            (int)Hash(HashCheck),
        ];
        var at = 0;
        foreach (var field in fields)
        {
            BinaryPrimitives.WriteInt32BigEndian(header[at..], field);
            at += sizeof(int);
        }

        // Overflow pages before the buckets of each split point: log + 1 are set aside after the last bucket.
        BinaryPrimitives.WriteInt32BigEndian(header[(at + log * sizeof(int))..], log + 1);
        BinaryPrimitives.WriteInt32BigEndian(header[(at + (log + 1) * sizeof(int))..], log + 1);
        at += SplitPoints * sizeof(int);
        BinaryPrimitives.WriteUInt16BigEndian(header[at..], (ushort)((log << SplitShift) + 1));
    }

    /// <summary>A set bit is a page in use or not there; the first page is the map itself.</summary>
    private static void WriteMap(Span<byte> map, int log)
    {
        map.Fill(0xFF);
        BinaryPrimitives.WriteUInt32BigEndian(map, uint.MaxValue << (log + 1) | 1);
    }

    /// <summary>A bucket: offsets of keys and data grow from its start, keys and data from its end.</summary>
    private readonly ref struct HashPage(Span<byte> page)
    {
        private readonly Span<byte> page = page;

        public void Clear()
        {
            this[0] = 0;
            this[1] = PageSize - 3 * sizeof(ushort);
            this[2] = PageSize;
        }

        /// <summary>Adds a pair where it fits beside the address of an overflow page, as the library does.</summary>
        public bool TryAdd(byte[] key, byte[] value)
        {
            var count = this[0];
            var needed = 4 * sizeof(ushort) + key.Length + value.Length;
            if (needed > this[count + 1])
            {
                return false;
            }

            var keyAt = this[count + 2] - key.Length;
            var valueAt = keyAt - value.Length;
            key.CopyTo(page[keyAt..]);
            value.CopyTo(page[valueAt..]);
            this[count + 1] = keyAt;
            this[count + 2] = valueAt;
            this[0] = count + 2;
            this[count + 3] = valueAt - (count + 5) * sizeof(ushort);
            this[count + 4] = valueAt;
            return true;
        }

        private int this[int word]
        {
            get => BinaryPrimitives.ReadUInt16BigEndian(page[(word * sizeof(ushort))..]);
            set =>
                BinaryPrimitives.WriteUInt16BigEndian(
                    page[(word * sizeof(ushort))..],
                    (ushort)value
                );
        }
    }
}
