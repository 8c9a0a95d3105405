using System.Buffers.Binary;
using System.Text;

namespace Appliance.FirstBoot.Media;

/// <summary>A file or a folder of a FAT folder.</summary>
internal sealed record FatEntry(
    string ShortName,
    string? LongName,
    bool IsFolder,
    uint FirstCluster,
    uint Size
)
{
    public bool IsNamed(string name) =>
        string.Equals(LongName, name, StringComparison.OrdinalIgnoreCase)
        || string.Equals(ShortName, name, StringComparison.OrdinalIgnoreCase);

    public static FatEntry Parse(ReadOnlySpan<byte> entry, string? longName, bool isFolder)
    {
        var name = Encoding.Latin1.GetString(entry[..8]).TrimEnd();
        var extension = Encoding.Latin1.GetString(entry[8..11]).TrimEnd();
        var cluster =
            ((uint)BinaryPrimitives.ReadUInt16LittleEndian(entry[20..]) << 16)
            | BinaryPrimitives.ReadUInt16LittleEndian(entry[26..]);
        return new FatEntry(
            extension.Length == 0 ? name : $"{name}.{extension}",
            longName,
            isFolder,
            cluster,
            BinaryPrimitives.ReadUInt32LittleEndian(entry[28..])
        );
    }
}

/// <summary>The long name before an entry: pieces of 13 characters, the last one first.</summary>
internal sealed class FatLongName
{
    private const int LastPiece = 0x40;
    private const int MaximumPieces = 20;

    private readonly StringBuilder name = new();
    private int expected;
    private byte checksum;

    public void Clear() => expected = -1;

    public void Add(ReadOnlySpan<byte> entry)
    {
        var number = entry[0] & 0x3f;
        if ((entry[0] & LastPiece) != 0)
        {
            name.Clear();
            (expected, checksum) = (number, entry[13]);
        }

        if (number != expected || number is 0 or > MaximumPieces || entry[13] != checksum)
        {
            Clear();
            return;
        }

        name.Insert(0, Characters(entry));
        expected--;
    }

    /// <summary>The name, if it is complete and belongs to this entry.</summary>
    public string? Take(ReadOnlySpan<byte> entry)
    {
        byte sum = 0;
        foreach (var letter in entry[..11])
        {
            sum = (byte)((sum >> 1) + ((sum & 1) << 7) + letter);
        }

        return expected == 0 && sum == checksum && name.Length > 0 ? name.ToString() : null;
    }

    private static string Characters(ReadOnlySpan<byte> entry)
    {
        var text =
            Encoding.Unicode.GetString(entry[1..11])
            + Encoding.Unicode.GetString(entry[14..26])
            + Encoding.Unicode.GetString(entry[28..32]);
        var end = text.IndexOf('\0', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }
}
