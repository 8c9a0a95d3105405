using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Appliance.Verify.FileSystems;

/// <summary>Finds the UFS partitions of a disk (UEFI 2.10, 5.3 "GUID Partition Table Disk Layout"; 512-byte sectors).</summary>
public static class UfsPartitions
{
    /// <summary>Bytes from the start of the disk that <see cref="Find"/> needs: MBR, header, 128 entries.</summary>
    public const int TableLength = 34 * Sector;

    private const int Sector = 512;
    private const int EntryLength = 128;

    private static readonly Guid FreeBsdUfs = new("516e7cb6-6ecf-11d6-8ff8-00022d09712b");

    /// <summary>The partitions in table order; empty if the disk has no GPT or none of that type.</summary>
    /// <param name="table">The first <see cref="TableLength"/> bytes of the disk.</param>
    public static IReadOnlyList<UfsPartition> Find(ReadOnlySpan<byte> table)
    {
        var partitions = new List<UfsPartition>();
        if (table.Length < TableLength || !table[Sector..].StartsWith("EFI PART"u8))
        {
            return partitions;
        }

        for (var offset = 2 * Sector; offset < TableLength; offset += EntryLength)
        {
            var entry = table.Slice(offset, EntryLength);
            if (new Guid(entry[..16]) == FreeBsdUfs)
            {
                var number = (offset - (2 * Sector)) / EntryLength + 1;
                var start = BinaryPrimitives.ReadInt64LittleEndian(entry[32..]);
                partitions.Add(new(Label(entry[56..], number), start * Sector));
            }
        }

        return partitions;
    }

    private static string Label(ReadOnlySpan<byte> name, int number)
    {
        var text = Encoding.Unicode.GetString(name).TrimEnd('\0');
        return text.Length > 0
            ? text
            : string.Create(CultureInfo.InvariantCulture, $"partition {number}");
    }
}
