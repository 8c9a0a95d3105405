using System.Buffers.Binary;
using Appliance.Imaging.Disk;

namespace Appliance.Imaging.Gpt;

/// <summary>The MBR that tells old tools the disk is full, and that a BIOS boots (UEFI specification, 5.2.3).</summary>
internal static class ProtectiveMbr
{
    /// <summary>Bytes before the disk signature: room for boot code.</summary>
    public const int BootCodeLength = 440;

    private const int EntryOffset = 446;
    private const byte TypeGpt = 0xEE;

    public static void Encode(ReadOnlySpan<byte> bootCode, long diskSectors, Span<byte> sector)
    {
        sector.Clear();
        bootCode[..Math.Min(bootCode.Length, BootCodeLength)].CopyTo(sector);
        Span<byte> entry = sector[EntryOffset..];
        entry[2] = 2; // begins at cylinder 0, head 0, sector 2
        entry[4] = TypeGpt;
        entry[5..8].Fill(0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], 1);
        BinaryPrimitives.WriteUInt32LittleEndian(
            entry[12..],
            (uint)Math.Min(diskSectors - 1, uint.MaxValue)
        );
        sector[510] = 0x55;
        sector[511] = 0xAA;
    }
}
