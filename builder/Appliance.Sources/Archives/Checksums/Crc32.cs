using System.Buffers.Binary;

namespace Appliance.Sources.Archives.Checksums;

/// <summary>CRC-32 of IEEE 802.3, as the .xz format uses it (section 6 of its specification).</summary>
internal static class Crc32
{
    private static readonly uint[] Table =
    [
        .. SlicedTable.Create(0xEDB8_8320).Select(value => (uint)value),
    ];

    public static uint Compute(ReadOnlySpan<byte> data) => Append(0, data);

    /// <summary>Continues the checksum <paramref name="sum"/> of what came before; that of nothing is 0.</summary>
    public static uint Append(uint sum, ReadOnlySpan<byte> data)
    {
        ReadOnlySpan<uint> table = Table;
        var state = ~sum;
        for (; data.Length >= 8; data = data[8..])
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(data) ^ state;
            state =
                table[0x700 + (byte)word]
                ^ table[0x600 + (byte)(word >> 8)]
                ^ table[0x500 + (byte)(word >> 16)]
                ^ table[0x400 + (byte)(word >> 24)]
                ^ table[0x300 + (byte)(word >> 32)]
                ^ table[0x200 + (byte)(word >> 40)]
                ^ table[0x100 + (byte)(word >> 48)]
                ^ table[(byte)(word >> 56)];
        }

        foreach (var value in data)
        {
            state = (state >> 8) ^ table[(byte)(state ^ value)];
        }

        return ~state;
    }
}
