using System.Buffers.Binary;
using System.Text;
using Appliance.Verify.FileSystems;

namespace Appliance.Verify.Tests.Guests;

/// <summary>Raw disks that boot into test guests.</summary>
internal static class GuestDisk
{
    /// <summary>Where the imitation of a UFS2 file system starts: sector 512.</summary>
    public const int UfsOffset = 512 * 512;

    /// <summary>The byte that says whether it was unmounted.</summary>
    public const int CleanByte = UfsOffset + Ufs2State.SuperblockOffset + 209;

    private const int Length = 1 << 20;

    /// <summary>A disk for SeaBIOS that plays one script for each boot, and hangs after the last.</summary>
    public static byte[] Bios(params IReadOnlyList<GuestScript> boots)
    {
        var disk = new byte[Length];
        BiosProgram.Code.CopyTo(disk, 0);
        disk[510] = 0x55;
        disk[511] = 0xaa;
        for (var boot = 1; boot <= boots.Count; boot++)
        {
            boots[boot - 1].Bytes.CopyTo(disk, boot * BiosProgram.SectorsPerScript * 512);
        }

        return disk;
    }

    /// <summary>Adds a GPT with one freebsd-ufs partition and a superblock that is clean.</summary>
    public static byte[] WithUfs(byte[] disk)
    {
        "EFI PART"u8.CopyTo(disk.AsSpan(512));
        var entry = disk.AsSpan(1024);
        new Guid("516e7cb6-6ecf-11d6-8ff8-00022d09712b").TryWriteBytes(entry);
        BinaryPrimitives.WriteInt64LittleEndian(entry[32..], UfsOffset / 512);
        BinaryPrimitives.WriteInt64LittleEndian(entry[40..], (disk.Length / 512) - 1);
        Encoding.Unicode.GetBytes("rootfs").CopyTo(entry[56..]);
        Superblock().CopyTo(disk, UfsOffset + Ufs2State.SuperblockOffset);
        return disk;
    }

    /// <summary>As much of a clean superblock as is looked at.</summary>
    public static byte[] Superblock()
    {
        var superblock = new byte[Ufs2State.SuperblockLength];
        superblock[209] = 1;
        BinaryPrimitives.WriteInt32LittleEndian(superblock.AsSpan(1312), 0x202);
        BinaryPrimitives.WriteInt32LittleEndian(superblock.AsSpan(1372), 0x19540119);
        return superblock;
    }
}
