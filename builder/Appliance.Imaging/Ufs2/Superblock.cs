using System.Buffers.Binary;
using System.Text;

namespace Appliance.Imaging.Ufs2;

/// <summary>The superblock (struct fs in ufs/ffs/fs.h, 1376 bytes), as newfs(8) of FreeBSD 15 fills it.</summary>
internal sealed class Superblock
{
    private const int StructureLength = 1376;
    private const int CheckHashOffset = 1304;
    private const int SoftUpdatesFlag = 0x2;
    private const int CheckHashFlag = 0x200;
    private const byte FlagsMoved = 0x80;

    /// <summary>Check hashes of the superblock, of cylinder groups and of inodes are kept.</summary>
    private const int CheckedStructures = 0x1 | 0x2 | 0x4;
    private const int AverageFileSize = 16384;
    private const int AverageFilesPerDirectory = 64;

    private readonly byte[] _bytes;

    /// <param name="geometry">Of the file system.</param>
    /// <param name="options">Label, id, time.</param>
    /// <param name="total">Summaries of all groups added up.</param>
    /// <param name="providerSize">Fragments of the partition that holds the file system.</param>
    public Superblock(
        Geometry geometry,
        Ufs2Options options,
        (long Directories, long FreeBlocks, long FreeInodes, long FreeFragments) total,
        long providerSize
    )
    {
        int fragmentSize = geometry.FragmentSize;
        int used = (StructureLength + fragmentSize - 1) / fragmentSize * fragmentSize;
        _bytes = new byte[Math.Min(used, Ufs2Format.SuperblockLength)];
        WritePlaces(geometry);
        WriteSizes(geometry, options);
        WriteIdentity(options);
        Write64(872, providerSize);
        Write64(1008, total.Directories);
        Write64(1016, total.FreeBlocks);
        Write64(1024, total.FreeInodes);
        Write64(1032, total.FreeFragments);
        Write32(1372, (int)Ufs2Format.Magic);
    }

    /// <summary>The bytes of the copy at an offset of the file system.</summary>
    public ReadOnlySpan<byte> At(long offset)
    {
        Write64(992, offset);
        Write32(CheckHashOffset, 0);
        Write32(CheckHashOffset, (int)Crc32C.Compute(_bytes));
        return _bytes;
    }

    private void WritePlaces(Geometry geometry)
    {
        Write32(8, geometry.SuperblockStart);
        Write32(12, geometry.GroupBlockStart);
        Write32(16, geometry.InodeStart);
        Write32(20, geometry.DataStart);
        Write32(44, geometry.GroupCount);
        Write32(156, geometry.SummaryBytes);
        Write32(160, geometry.GroupBlockBytes);
        Write32(184, geometry.InodesPerGroup);
        Write32(188, geometry.GroupSize);
        Write64(1000, Ufs2Format.SuperblockOffset);
        Write64(1080, geometry.Size);
        Write64(1088, geometry.DataSize);
        Write64(1096, geometry.DataStart); // fs_csaddr: in group 0, first thing of its data
    }

    private void WriteSizes(Geometry geometry, Ufs2Options options)
    {
        int block = geometry.BlockSize;
        int fragment = geometry.FragmentSize;
        Write32(48, block);
        Write32(52, fragment);
        Write32(56, geometry.FragmentsPerBlock);
        Write32(60, options.MinimumFreePercent);
        Write32(72, ~(block - 1));
        Write32(76, ~(fragment - 1));
        Write32(80, Geometry.Log2(block));
        Write32(84, Geometry.Log2(fragment));
        Write32(88, geometry.MaximumRun);
        Write32(92, block / Ufs2Format.PointerLength); // fs_maxbpg
        Write32(96, Geometry.Log2(geometry.FragmentsPerBlock));
        Write32(100, Geometry.Log2(fragment / Ufs2Format.DeviceBlock));
        Write32(104, _bytes.Length);
        Write32(116, block / Ufs2Format.PointerLength);
        Write32(120, geometry.InodesPerBlock);
        Write32(860, block); // fs_maxbsize
        Write32(1196, AverageFileSize);
        Write32(1200, AverageFilesPerDirectory);
        Write32(1316, geometry.ClusterSummaryLength);
        Write32(1320, Ufs2Format.InlineTargetLimit);
        Write64(1328, new BlockMap(block, fragment).MaximumLength);
        Write64(1336, block - 1);
        Write64(1344, fragment - 1);
    }

    private void WriteIdentity(Ufs2Options options)
    {
        Write32(144, (int)(options.Id >> 32));
        Write32(148, (int)options.Id);
        _bytes[209] = 1; // fs_clean
        _bytes[211] = FlagsMoved;
        Encoding.ASCII.GetBytes(options.Label, _bytes.AsSpan(680));
        Write64(1072, options.Time);
        Write32(1308, CheckedStructures);
        Write32(1312, CheckHashFlag | (options.SoftUpdates ? SoftUpdatesFlag : 0));
    }

    private void Write32(int offset, int value) =>
        BinaryPrimitives.WriteInt32LittleEndian(_bytes.AsSpan(offset), value);

    private void Write64(int offset, long value) =>
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(offset), value);
}
