using System.Buffers.Binary;

namespace Appliance.Imaging.Ufs2;

/// <summary>What is free in a cylinder group (struct csum in ufs/ffs/fs.h), 16 bytes.</summary>
/// <param name="Directories">Directories whose inode is in the group.</param>
/// <param name="FreeBlocks">Whole free blocks.</param>
/// <param name="FreeInodes">Free inodes.</param>
/// <param name="FreeFragments">Free fragments of blocks that are partly used.</param>
internal readonly record struct GroupSummary(
    int Directories,
    int FreeBlocks,
    int FreeInodes,
    int FreeFragments
)
{
    /// <summary>Bytes on disk.</summary>
    public const int Length = 16;

    public void Encode(Span<byte> buffer)
    {
        BinaryPrimitives.WriteInt32LittleEndian(buffer, Directories);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[4..], FreeBlocks);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[8..], FreeInodes);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[12..], FreeFragments);
    }
}
