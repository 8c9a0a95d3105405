using System.Buffers.Binary;

namespace Appliance.Imaging.Gpt;

/// <summary>The header in front of a partition table (UEFI specification, 5.3.2).</summary>
/// <param name="Self">Sector of this header.</param>
/// <param name="Alternate">Sector of the other header.</param>
/// <param name="Table">First sector of the entries that belong to this header.</param>
/// <param name="FirstUsable">First sector that partitions may use.</param>
/// <param name="LastUsable">Last sector that partitions may use.</param>
/// <param name="DiskId">GUID of the disk.</param>
/// <param name="TableCrc">CRC-32 of all entries.</param>
internal readonly record struct GptHeader(
    long Self,
    long Alternate,
    long Table,
    long FirstUsable,
    long LastUsable,
    Guid DiskId,
    uint TableCrc
)
{
    private const int HeaderLength = 92;
    private const int Revision = 0x0001_0000;

    public void Encode(Span<byte> sector)
    {
        sector.Clear();
        "EFI PART"u8.CopyTo(sector);
        BinaryPrimitives.WriteInt32LittleEndian(sector[8..], Revision);
        BinaryPrimitives.WriteInt32LittleEndian(sector[12..], HeaderLength);
        BinaryPrimitives.WriteInt64LittleEndian(sector[24..], Self);
        BinaryPrimitives.WriteInt64LittleEndian(sector[32..], Alternate);
        BinaryPrimitives.WriteInt64LittleEndian(sector[40..], FirstUsable);
        BinaryPrimitives.WriteInt64LittleEndian(sector[48..], LastUsable);
        DiskId.TryWriteBytes(sector[56..]);
        BinaryPrimitives.WriteInt64LittleEndian(sector[72..], Table);
        BinaryPrimitives.WriteInt32LittleEndian(sector[80..], GptTable.EntryCount);
        BinaryPrimitives.WriteInt32LittleEndian(sector[84..], GptEntry.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(sector[88..], TableCrc);
        BinaryPrimitives.WriteUInt32LittleEndian(
            sector[16..],
            Crc32.Compute(sector[..HeaderLength])
        );
    }
}
