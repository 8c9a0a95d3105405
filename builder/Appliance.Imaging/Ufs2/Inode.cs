using System.Buffers.Binary;
using System.Text;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Ufs2;

/// <summary>An inode on disk (struct ufs2_dinode in ufs/ufs/dinode.h), 256 bytes.</summary>
internal sealed class Inode
{
    private const int TypeDirectory = 0x4000;
    private const int TypeFile = 0x8000;
    private const int TypeSymbolicLink = 0xA000;
    private const long NanosecondsPerSecond = 1_000_000_000;

    public required NodeMetadata Metadata { get; init; }
    public required int Type { get; init; }
    public required int Links { get; init; }
    public required long Size { get; init; }
    public required uint Generation { get; init; }

    /// <summary>Space it holds, in units of 512 bytes, indirect blocks included.</summary>
    public required long DeviceBlocks { get; init; }

    /// <summary>Distance from the root, for directories.</summary>
    public required int DirectoryDepth { get; init; }

    /// <summary>Target of a symbolic link that is short enough to lie here, otherwise null.</summary>
    public required string? InlineTarget { get; init; }

    /// <summary>12 direct and 3 indirect addresses in fragments.</summary>
    public required long[] Pointers { get; init; }

    public static int TypeOf(TreeNode node) =>
        node switch
        {
            DirectoryNode => TypeDirectory,
            SymbolicLinkNode => TypeSymbolicLink,
            _ => TypeFile,
        };

    /// <summary>Writes the inode with its check hash.</summary>
    public void Encode(Span<byte> buffer)
    {
        buffer.Clear();
        BinaryPrimitives.WriteUInt16LittleEndian(buffer, (ushort)(Type | Metadata.Mode));
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[2..], (ushort)Links);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[4..], Metadata.Uid);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[8..], Metadata.Gid);
        BinaryPrimitives.WriteInt64LittleEndian(buffer[16..], Size);
        BinaryPrimitives.WriteInt64LittleEndian(buffer[24..], DeviceBlocks);
        EncodeTimes(buffer);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[80..], Generation);
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[88..], Metadata.Flags);
        if (InlineTarget is not null)
        {
            Encoding.UTF8.GetBytes(InlineTarget, buffer[112..]);
        }
        else
        {
            for (int i = 0; i < Pointers.Length; i++)
            {
                BinaryPrimitives.WriteInt64LittleEndian(buffer[(112 + (8 * i))..], Pointers[i]);
            }
        }
        BinaryPrimitives.WriteInt32LittleEndian(buffer[240..], DirectoryDepth);
        BinaryPrimitives.WriteUInt32LittleEndian(
            buffer[244..],
            Crc32C.Compute(buffer[..Ufs2Format.InodeLength])
        );
    }

    /// <summary>Access and change are as old as modification: nothing has happened since.</summary>
    private void EncodeTimes(Span<byte> buffer)
    {
        (long seconds, int nanoseconds) = Split(Metadata.ModifiedTime);
        (long birthSeconds, int birthNanoseconds) = Split(Metadata.BirthTime);
        for (int field = 32; field <= 48; field += 8)
        {
            BinaryPrimitives.WriteInt64LittleEndian(buffer[field..], seconds);
        }
        BinaryPrimitives.WriteInt64LittleEndian(buffer[56..], birthSeconds);
        for (int field = 64; field <= 72; field += 4)
        {
            BinaryPrimitives.WriteInt32LittleEndian(buffer[field..], nanoseconds);
        }
        BinaryPrimitives.WriteInt32LittleEndian(buffer[76..], birthNanoseconds);
    }

    private static (long Seconds, int Nanoseconds) Split(long time)
    {
        long nanoseconds = time % NanosecondsPerSecond;
        nanoseconds += nanoseconds < 0 ? NanosecondsPerSecond : 0;
        return ((time - nanoseconds) / NanosecondsPerSecond, (int)nanoseconds);
    }
}
