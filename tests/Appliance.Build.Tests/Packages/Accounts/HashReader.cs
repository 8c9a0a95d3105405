using System.Buffers.Binary;
using System.Text;
using Appliance.Build.Packages.Accounts;

namespace Appliance.Build.Tests.Packages.Accounts;

/// <summary>Reads a hash database by the rules of lib/libc/db/hash, and insists on every one of them.</summary>
internal static class HashReader
{
    private const int PageSize = 4096;

    /// <summary>All pairs, keys and values in hexadecimal.</summary>
    public static Dictionary<string, string> Read(byte[] file)
    {
        Assert.Equal(0x061561, Word(file, 0));
        Assert.Equal(PageSize, Word(file, 3));
        var last = Word(file, 10);
        var pairs = new Dictionary<string, string>();
        for (var bucket = 0; bucket <= last; bucket++)
        {
            ReadBucket(file.AsSpan((bucket + 1) * PageSize, PageSize), bucket, last, pairs);
        }

        Assert.Equal(Word(file, 14), pairs.Count);
        return pairs;
    }

    public static string Text(string hexadecimal) =>
        Encoding.UTF8.GetString(Convert.FromHexString(hexadecimal));

    private static void ReadBucket(
        ReadOnlySpan<byte> page,
        int bucket,
        int last,
        Dictionary<string, string> pairs
    )
    {
        var end = PageSize;
        var words = Short(page, 0);
        for (var word = 1; word < words; word += 2)
        {
            int key = Short(page, word);
            int value = Short(page, word + 1);
            Assert.InRange(key, 4, end);
            Assert.InRange(value, 4, key);
            Assert.Equal((uint)bucket, HashDatabase.Hash(page[key..end]) & (uint)last);
            pairs.Add(Convert.ToHexString(page[key..end]), Convert.ToHexString(page[value..key]));
            end = value;
        }

        if (words > 0)
        {
            Assert.Equal(end, Short(page, words + 2));
            Assert.Equal(end - (words + 3) * 2, Short(page, words + 1));
        }
    }

    private static int Word(byte[] file, int index) =>
        BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(index * 4));

    private static int Short(ReadOnlySpan<byte> page, int index) =>
        BinaryPrimitives.ReadUInt16BigEndian(page[(index * 2)..]);
}
