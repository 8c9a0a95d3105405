using System.Buffers.Binary;

namespace Appliance.Imaging.Iso;

/// <summary>Directory records (ECMA-119, 9.1) and numbers in both byte orders.</summary>
internal static class IsoRecord
{
    private const int NameAt = 33;
    private const byte FolderFlag = 2;

    public static int LengthOf(int identifier) => (NameAt + identifier + 1) & ~1;

    public static byte[] Of(byte[] identifier, uint sector, int length, bool isFolder, long time)
    {
        byte[] record = new byte[LengthOf(identifier.Length)];
        record[0] = (byte)record.Length;
        WriteBoth32(record.AsSpan(2), sector);
        WriteBoth32(record.AsSpan(10), (uint)length);
        WriteTime(record.AsSpan(18), time);
        record[25] = isFolder ? FolderFlag : (byte)0;
        WriteBoth16(record.AsSpan(28), 1);
        record[32] = (byte)identifier.Length;
        identifier.CopyTo(record, NameAt);
        return record;
    }

    public static void WriteBoth32(Span<byte> place, uint number)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(place, number);
        BinaryPrimitives.WriteUInt32BigEndian(place[4..], number);
    }

    public static void WriteBoth16(Span<byte> place, ushort number)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(place, number);
        BinaryPrimitives.WriteUInt16BigEndian(place[2..], number);
    }

    public static DateTime TimeOf(long nanoseconds) =>
        DateTime.UnixEpoch.AddTicks(nanoseconds / 100);

    /// <summary>Seven bytes in UTC; the year counts from 1900.</summary>
    private static void WriteTime(Span<byte> place, long nanoseconds)
    {
        DateTime time = TimeOf(nanoseconds);
        place[0] = (byte)Math.Clamp(time.Year - 1900, 0, 255);
        place[1] = (byte)time.Month;
        place[2] = (byte)time.Day;
        place[3] = (byte)time.Hour;
        place[4] = (byte)time.Minute;
        place[5] = (byte)time.Second;
    }
}
