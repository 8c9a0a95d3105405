using System.Buffers.Binary;

namespace Appliance.Imaging.Ufs2;

/// <summary>
/// What fsck_ffs needs to find other superblocks when the first is lost (struct fsrecovery in ufs/ffs/fs.h): the last 20 bytes
/// before the superblock.
/// </summary>
internal static class RecoveryRecord
{
    /// <summary>Bytes on disk.</summary>
    public const int Length = 20;

    /// <summary>Offset in the file system.</summary>
    public const int Offset = Ufs2Format.SuperblockOffset - Length;

    public static byte[] Encode(Geometry geometry)
    {
        byte[] record = new byte[Length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, Ufs2Format.Magic);
        BinaryPrimitives.WriteInt32LittleEndian(
            record.AsSpan(4),
            Geometry.Log2(geometry.FragmentSize / Ufs2Format.DeviceBlock)
        );
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(8), geometry.SuperblockStart);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(12), geometry.GroupSize);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(16), geometry.GroupCount);
        return record;
    }
}
