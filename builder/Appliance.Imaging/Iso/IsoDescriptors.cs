using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Appliance.Imaging.Iso;

/// <summary>Volume descriptors (ECMA-119, 8.4 and 8.5).</summary>
internal sealed class IsoDescriptors(IsoOptions options, uint sectors)
{
    private static readonly byte[] Magic = "CD001"u8.ToArray();

    public static byte[] Terminator() => Begin(255);

    public byte[] Volume(IsoTree tree, bool isJoliet)
    {
        byte[] sector = Begin((byte)(isJoliet ? 2 : 1));
        WriteText(sector.AsSpan(8, 32), "", isJoliet);
        WriteText(sector.AsSpan(40, 32), options.Label, isJoliet);
        IsoRecord.WriteBoth32(sector.AsSpan(80), sectors);
        if (isJoliet)
        {
            // UCS-2 level 3.
            "%/E"u8.CopyTo(sector.AsSpan(88));
        }
        IsoRecord.WriteBoth16(sector.AsSpan(120), 1);
        IsoRecord.WriteBoth16(sector.AsSpan(124), 1);
        IsoRecord.WriteBoth16(sector.AsSpan(128), IsoFileSystem.SectorSize);
        IsoRecord.WriteBoth32(sector.AsSpan(132), (uint)tree.PathTableLength);
        BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(140), tree.LittleTableSector);
        BinaryPrimitives.WriteUInt32BigEndian(sector.AsSpan(148), tree.BigTableSector);
        tree.RootRecord().CopyTo(sector.AsSpan(156));
        // Volume set, publisher, preparer, application, then three names of files: all absent.
        WriteText(sector.AsSpan(190, 128 * 4), "", isJoliet);
        WriteText(sector.AsSpan(702, 37 * 3), "", isJoliet);
        WriteTimes(sector);
        sector[881] = 1;
        return sector;
    }

    private static byte[] Begin(byte kind)
    {
        byte[] sector = new byte[IsoFileSystem.SectorSize];
        sector[0] = kind;
        Magic.CopyTo(sector, 1);
        sector[6] = 1;
        return sector;
    }

    /// <summary>Filled with blanks, in Joliet with blanks of two bytes.</summary>
    private static void WriteText(Span<byte> place, string text, bool isJoliet)
    {
        if (!isJoliet)
        {
            place.Fill((byte)' ');
            Encoding.ASCII.GetBytes(text, place);
            return;
        }
        for (int at = 0; at + 1 < place.Length; at += 2)
        {
            (place[at], place[at + 1]) = (0, (byte)' ');
        }
        Encoding.BigEndianUnicode.GetBytes(text, place);
    }

    /// <summary>Created and modified; never expiring, effective at once (zeros mean "not said").</summary>
    private void WriteTimes(byte[] sector)
    {
        string time = IsoRecord
            .TimeOf(options.Time)
            .ToString("yyyyMMddHHmmss00", CultureInfo.InvariantCulture);
        foreach (int at in new[] { 813, 830 })
        {
            Encoding.ASCII.GetBytes(time, sector.AsSpan(at));
        }
        foreach (int at in new[] { 847, 864 })
        {
            sector.AsSpan(at, 16).Fill((byte)'0');
        }
    }
}
