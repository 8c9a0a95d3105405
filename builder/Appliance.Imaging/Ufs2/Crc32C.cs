using System.Buffers.Binary;
using System.Numerics;

namespace Appliance.Imaging.Ufs2;

/// <summary>The check hash of UFS2: CRC-32C begun with all ones and not inverted at the end (libkern/gsb_crc32.c).</summary>
internal static class Crc32C
{
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }
        return crc;
    }
}
