using System.Buffers.Binary;
using System.Text;

namespace Appliance.Imaging.Fat;

/// <summary>The first sector of a FAT file system (FAT specification, 3.1 to 3.3).</summary>
internal static class BootSector
{
    /// <summary>Sector of the copy that FAT32 keeps.</summary>
    public const int BackupSector = 6;

    /// <summary>Sector of the free-space hint of FAT32; its copy follows the copy of the boot sector.</summary>
    public const int InformationSector = 1;

    private const byte FixedDisk = 0xF8;
    private const byte ExtendedSignature = 0x29;

    public static byte[] Encode(FatGeometry geometry, FatOptions options)
    {
        byte[] sector = new byte[FatGeometry.SectorSize];
        bool isFat32 = geometry.Kind == FatKind.Fat32;
        sector[0] = 0xEB; // a jump over the parameters
        sector[1] = (byte)(isFat32 ? 0x58 : 0x3C);
        sector[2] = 0x90;
        "BSD4.4  "u8.CopyTo(sector.AsSpan(3));
        Write16(sector, 11, FatGeometry.SectorSize);
        sector[13] = (byte)geometry.SectorsPerCluster;
        Write16(sector, 14, geometry.ReservedSectors);
        sector[16] = FatGeometry.TableCount;
        Write16(sector, 17, geometry.RootSectors * FatGeometry.SectorSize / DirectoryEntry.Length);
        bool isShort = !isFat32 && geometry.Sectors <= ushort.MaxValue;
        Write16(sector, 19, isShort ? (int)geometry.Sectors : 0);
        sector[21] = FixedDisk;
        Write16(sector, 22, isFat32 ? 0 : geometry.TableSectors);
        Write16(sector, 24, 63); // sectors of a track and heads, as disks of any size claim
        Write16(sector, 26, 255);
        Write32(sector, 32, isShort ? 0 : (uint)geometry.Sectors);
        if (isFat32)
        {
            Write32(sector, 36, (uint)geometry.TableSectors);
            Write32(sector, 44, FatGeometry.FirstCluster); // root directory
            Write16(sector, 48, InformationSector);
            Write16(sector, 50, BackupSector);
        }
        EncodeIdentity(sector.AsSpan(isFat32 ? 64 : 36), geometry.Kind, options);
        sector[510] = 0x55;
        sector[511] = 0xAA;
        return sector;
    }

    /// <summary>The free-space hint of FAT32 (FAT specification, 5).</summary>
    public static byte[] EncodeInformation(long freeClusters, long nextFree)
    {
        byte[] sector = new byte[FatGeometry.SectorSize];
        Write32(sector, 0, 0x41615252);
        Write32(sector, 484, 0x61417272);
        Write32(sector, 488, (uint)freeClusters);
        Write32(sector, 492, (uint)nextFree);
        Write32(sector, 508, 0xAA550000);
        return sector;
    }

    /// <summary>Eleven bytes of a label, padded with spaces.</summary>
    public static byte[] Label(string label) =>
        Encoding.ASCII.GetBytes((label.Length == 0 ? "NO NAME" : label).PadRight(11));

    private static void EncodeIdentity(Span<byte> identity, FatKind kind, FatOptions options)
    {
        identity[0] = 0x80; // first fixed disk
        identity[2] = ExtendedSignature;
        BinaryPrimitives.WriteUInt32LittleEndian(identity[3..], options.VolumeId);
        Label(options.Label).CopyTo(identity[7..]);
        (kind == FatKind.Fat32 ? "FAT32   "u8 : "FAT16   "u8).CopyTo(identity[18..]);
    }

    private static void Write16(byte[] sector, int offset, int value) =>
        BinaryPrimitives.WriteUInt16LittleEndian(sector.AsSpan(offset), (ushort)value);

    private static void Write32(byte[] sector, int offset, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(sector.AsSpan(offset), value);
}
