using Appliance.Imaging.Disk;

namespace Appliance.Imaging.Gpt;

/// <summary>The partition table at both ends of a disk, and the protective MBR before it.</summary>
internal static class GptTable
{
    /// <summary>Entries in the table; UEFI asks for room for 128.</summary>
    public const int EntryCount = 128;

    /// <summary>UTF-16 units that a label may have.</summary>
    public const int MaximumLabelLength = 36;

    private const int TableLength = EntryCount * GptEntry.Length;

    /// <summary>First byte after MBR, header and table.</summary>
    public const long FirstUsableOffset = (2 * DiskLayout.SectorSize) + TableLength;

    /// <summary>Bytes that the second table and header take at the end.</summary>
    public const long TrailingLength = TableLength + DiskLayout.SectorSize;

    public static void Write(DiskPlan plan, IImageTarget target)
    {
        byte[] table = new byte[TableLength];
        foreach (PlacedPartition placed in plan.Partitions)
        {
            GptEntry.Encode(placed, table.AsSpan((placed.Number - 1) * GptEntry.Length));
        }
        long sectors = plan.Size / DiskLayout.SectorSize;
        long tableSectors = TableLength / DiskLayout.SectorSize;
        var primary = new GptHeader(
            Self: 1,
            Alternate: sectors - 1,
            Table: 2,
            FirstUsable: 2 + tableSectors,
            LastUsable: sectors - tableSectors - 2,
            plan.Layout.Id,
            Crc32.Compute(table)
        );
        GptHeader backup = primary with
        {
            Self = primary.Alternate,
            Alternate = primary.Self,
            Table = sectors - 1 - tableSectors,
        };

        byte[] sector = new byte[DiskLayout.SectorSize];
        ProtectiveMbr.Encode(plan.Layout.BootCode.Span, sectors, sector);
        target.Write(0, sector);
        WriteCopy(target, primary, table, sector);
        WriteCopy(target, backup, table, sector);
    }

    private static void WriteCopy(
        IImageTarget target,
        GptHeader header,
        byte[] table,
        byte[] sector
    )
    {
        header.Encode(sector);
        target.Write(header.Self * DiskLayout.SectorSize, sector);
        target.Write(header.Table * DiskLayout.SectorSize, table);
    }
}
