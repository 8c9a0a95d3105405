using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Imaging.Tests.Support;

/// <summary>
/// Reads numbers of a UFS2 image by the offsets of FreeBSD's fs.h and dinode.h; shares nothing with the writer.
/// </summary>
internal sealed class Ufs2Image : IDisposable
{
    private static readonly uint[] CrcTable = MakeCrcTable();
    private readonly SafeFileHandle _handle;

    public Ufs2Image(string path)
    {
        _handle = File.OpenHandle(path);
        Length = RandomAccess.GetLength(_handle);
        Superblock = Read(65536, 8192);
    }

    public long Length { get; }
    public byte[] Superblock { get; }

    public int GroupCount => Int32(Superblock, 44);
    public int BlockSize => Int32(Superblock, 48);
    public int FragmentSize => Int32(Superblock, 52);
    public int FragmentsPerBlock => Int32(Superblock, 56);
    public int SuperblockStart => Int32(Superblock, 8);
    public int GroupBlockStart => Int32(Superblock, 12);
    public int InodeStart => Int32(Superblock, 16);
    public int DataStart => Int32(Superblock, 20);
    public int GroupBlockBytes => Int32(Superblock, 160);
    public int InodesPerGroup => Int32(Superblock, 184);
    public int GroupSize => Int32(Superblock, 188);
    public long Size => Int64(Superblock, 1080);
    public int ClusterSummaryLength => Int32(Superblock, 1316);

    public byte[] Read(long offset, int count)
    {
        byte[] bytes = new byte[count];
        int got = RandomAccess.Read(_handle, bytes, offset);
        return got == count || offset + got == Length
            ? bytes
            : throw new IOException($"{got} of {count} bytes at {offset}");
    }

    public byte[] ReadFragments(long address, int count) =>
        Read(address * FragmentSize, count * FragmentSize);

    public byte[] ReadGroup(int group) =>
        Read((((long)group * GroupSize) + GroupBlockStart) * FragmentSize, GroupBlockBytes);

    public long InodeOffset(long inode) =>
        (((inode / InodesPerGroup * GroupSize) + InodeStart) * FragmentSize)
        + (inode % InodesPerGroup * 256);

    public static short Int16(byte[] bytes, int offset) =>
        BinaryPrimitives.ReadInt16LittleEndian(bytes.AsSpan(offset));

    public static int Int32(byte[] bytes, int offset) =>
        BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));

    public static long Int64(byte[] bytes, int offset) =>
        BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(offset));

    /// <summary>Whether the CRC-32C stored at an offset is that of the bytes with a zero in its place.</summary>
    public static bool HasRightHash(ReadOnlySpan<byte> bytes, int offset)
    {
        byte[] copy = bytes.ToArray();
        uint stored = BinaryPrimitives.ReadUInt32LittleEndian(copy.AsSpan(offset));
        copy.AsSpan(offset, 4).Clear();
        uint crc = uint.MaxValue;
        foreach (byte value in copy)
        {
            crc = CrcTable[(byte)(crc ^ value)] ^ (crc >> 8);
        }
        return crc == stored;
    }

    public void Dispose() => _handle.Dispose();

    private static uint[] MakeCrcTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint crc = i;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
