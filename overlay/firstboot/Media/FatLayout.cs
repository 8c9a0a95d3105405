using System.Buffers.Binary;
using System.Text;

namespace Appliance.FirstBoot.Media;

/// <summary>Where things lie on a FAT file system, from its boot sector.</summary>
internal sealed record FatLayout
{
    private const int EntrySize = 32;

    public required int ClusterSize { get; init; }

    public required long RootOffset { get; init; }

    /// <summary>Bytes of the root folder of FAT12 and FAT16.</summary>
    public required int RootLength { get; init; }

    /// <summary>0 on FAT12 and FAT16.</summary>
    public required uint RootCluster { get; init; }

    public required string Label { get; init; }

    private long TableOffset { get; init; }

    private long DataOffset { get; init; }

    private uint Clusters { get; init; }

    /// <summary>12, 16 or 32: the number of clusters decides, and nothing else.</summary>
    private int Bits { get; init; }

    /// <summary>Null for a sector that is not the first one of FAT.</summary>
    public static FatLayout? Parse(ReadOnlySpan<byte> sector)
    {
        var bytes = BinaryPrimitives.ReadUInt16LittleEndian(sector[11..]);
        int perCluster = sector[13];
        int reserved = BinaryPrimitives.ReadUInt16LittleEndian(sector[14..]);
        int tables = sector[16];
        int rootEntries = BinaryPrimitives.ReadUInt16LittleEndian(sector[17..]);
        if (
            sector[510] != 0x55
            || sector[511] != 0xaa
            || sector[0] is not (0xeb or 0xe9)
            || bytes is not (512 or 1024 or 2048 or 4096)
            || perCluster == 0
            || (perCluster & (perCluster - 1)) != 0
            || reserved == 0
            || tables is 0 or > 4
        )
        {
            return null;
        }

        var total = Either(sector, 19, 32);
        var perTable = Either(sector, 22, 36);
        var rootSectors = ((rootEntries * EntrySize) + bytes - 1) / bytes;
        var root = reserved + (tables * (long)perTable);
        var clusters = (total - root - rootSectors) / perCluster;
        if (clusters is <= 0 or > 0x0fff_fff5 || perTable == 0)
        {
            return null;
        }

        var isFat32 = clusters >= 65525;
        return new FatLayout
        {
            ClusterSize = bytes * perCluster,
            RootOffset = root * bytes,
            RootLength = rootEntries * EntrySize,
            RootCluster = isFat32 ? BinaryPrimitives.ReadUInt32LittleEndian(sector[44..]) : 0,
            Label = Encoding.Latin1.GetString(sector.Slice(isFat32 ? 71 : 43, 11)).TrimEnd(),
            TableOffset = (long)reserved * bytes,
            DataOffset = (root + rootSectors) * bytes,
            Clusters = (uint)clusters,
            Bits =
                isFat32 ? 32
                : clusters >= 4085 ? 16
                : 12,
        };
    }

    public bool IsData(uint cluster) => cluster >= 2 && cluster < Clusters + 2;

    public long OffsetOf(uint cluster) => DataOffset + ((cluster - 2L) * ClusterSize);

    /// <summary>Where the table says which cluster follows, and in how many bytes.</summary>
    public (long Offset, int Bytes) EntryOf(uint cluster) =>
        Bits switch
        {
            12 => (TableOffset + cluster + (cluster / 2), 2),
            16 => (TableOffset + (2L * cluster), 2),
            _ => (TableOffset + (4L * cluster), 4),
        };

    /// <summary>The entry of a cluster from what lies at its place.</summary>
    public uint Decode(uint cluster, uint value) =>
        Bits switch
        {
            12 => cluster % 2 == 0 ? value & 0x0fff : (value >> 4) & 0x0fff,
            16 => value & 0xffff,
            _ => value & 0x0fff_ffff,
        };

    /// <summary>A number in 16 bits, or where they are 0 in 32.</summary>
    private static uint Either(ReadOnlySpan<byte> sector, int small, int large) =>
        BinaryPrimitives.ReadUInt16LittleEndian(sector[small..]) is > 0 and var number
            ? number
            : BinaryPrimitives.ReadUInt32LittleEndian(sector[large..]);
}
