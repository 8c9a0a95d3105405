using System.Buffers.Binary;
using Appliance.Imaging.Disk;

namespace Appliance.Imaging.Gpt;

/// <summary>One line of a partition table (UEFI specification, 5.3.3).</summary>
internal static class GptEntry
{
    /// <summary>Bytes of an entry.</summary>
    public const int Length = 128;

    public static void Encode(PlacedPartition placed, Span<byte> entry)
    {
        long first = placed.Offset / DiskLayout.SectorSize;
        placed.Partition.Type.TryWriteBytes(entry);
        placed.Partition.Id.TryWriteBytes(entry[16..]);
        BinaryPrimitives.WriteInt64LittleEndian(entry[32..], first);
        BinaryPrimitives.WriteInt64LittleEndian(
            entry[40..],
            first + (placed.Size / DiskLayout.SectorSize) - 1
        );
        BinaryPrimitives.WriteUInt64LittleEndian(entry[48..], placed.Partition.Attributes);
        for (int i = 0; i < placed.Partition.Label.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(
                entry[(56 + (2 * i))..],
                placed.Partition.Label[i]
            );
        }
    }
}
