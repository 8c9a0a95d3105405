using System.Buffers.Binary;

namespace Appliance.Imaging.Fat;

/// <summary>Entries of a directory, 32 bytes each (FAT specification, 6 and 7).</summary>
internal static class DirectoryEntry
{
    public const int Length = 32;
    public const byte VolumeLabel = 0x08;
    public const byte Directory = 0x10;
    public const byte Archive = 0x20;

    private const byte LongName = 0x0F;
    private const byte LastLongEntry = 0x40;
    private const int UnitsPerEntry = 13;
    private const long NanosecondsPerTick = 100;

    /// <summary>Entries that a long name takes besides the short one.</summary>
    public static int LongEntries(string name) =>
        ShortNames.IsShort(name) || name is "." or ".."
            ? 0
            : (name.Length + UnitsPerEntry - 1) / UnitsPerEntry;

    /// <summary>Writes a short entry.</summary>
    /// <param name="entry">32 bytes, zeroed.</param>
    /// <param name="shortName">11 bytes.</param>
    /// <param name="attributes">Attribute bits.</param>
    /// <param name="cluster">First cluster, 0 for none.</param>
    /// <param name="size">Bytes; 0 for directories.</param>
    /// <param name="time">Nanoseconds since 1970-01-01 UTC.</param>
    public static void EncodeShort(
        Span<byte> entry,
        ReadOnlySpan<byte> shortName,
        byte attributes,
        long cluster,
        long size,
        long time
    )
    {
        shortName.CopyTo(entry);
        entry[11] = attributes;
        (ushort date, ushort clock) = DosTime(time);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[14..], clock);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[16..], date);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[18..], date);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[20..], (ushort)(cluster >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(entry[22..], clock);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[24..], date);
        BinaryPrimitives.WriteUInt16LittleEndian(entry[26..], (ushort)cluster);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[28..], (uint)size);
    }

    /// <summary>Writes the entries of a long name, which stand in reverse order before the short entry.</summary>
    public static void EncodeLong(Span<byte> entries, string name, ReadOnlySpan<byte> shortName)
    {
        int count = LongEntries(name);
        byte checksum = Checksum(shortName);
        for (int i = 0; i < count; i++)
        {
            int part = count - 1 - i;
            Span<byte> entry = entries.Slice(i * Length, Length);
            entry[0] = (byte)((part + 1) | (i == 0 ? LastLongEntry : 0));
            entry[11] = LongName;
            entry[13] = checksum;
            for (int unit = 0; unit < UnitsPerEntry; unit++)
            {
                int index = (part * UnitsPerEntry) + unit;
                ushort value =
                    index < name.Length ? name[index]
                    : index == name.Length ? (ushort)0
                    : ushort.MaxValue;
                BinaryPrimitives.WriteUInt16LittleEndian(entry[UnitOffset(unit)..], value);
            }
        }
    }

    private static int UnitOffset(int unit) =>
        unit < 5 ? 1 + (2 * unit)
        : unit < 11 ? 14 + (2 * (unit - 5))
        : 28 + (2 * (unit - 11));

    private static byte Checksum(ReadOnlySpan<byte> shortName)
    {
        byte sum = 0;
        foreach (byte value in shortName)
        {
            sum = (byte)(((sum & 1) << 7) + (sum >> 1) + value);
        }
        return sum;
    }

    /// <summary>Date and time in UTC, in steps of two seconds, from 1980 to 2107.</summary>
    private static (ushort Date, ushort Time) DosTime(long nanoseconds)
    {
        var first = new DateTime(1980, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        var last = new DateTime(2107, 12, 31, 23, 59, 58, DateTimeKind.Utc);
        DateTime time = DateTime.UnixEpoch.AddTicks(nanoseconds / NanosecondsPerTick);
        time =
            time < first ? first
            : time > last ? last
            : time;
        return (
            (ushort)(((time.Year - 1980) << 9) | (time.Month << 5) | time.Day),
            (ushort)((time.Hour << 11) | (time.Minute << 5) | (time.Second / 2))
        );
    }
}
