using System.Numerics;
using static Appliance.Imaging.Tests.Support.Ufs2Image;

namespace Appliance.Imaging.Tests.Support;

/// <summary>
/// The rules by which FreeBSD's kernel and loader refuse a superblock (validate_sblock in ffs_subr.c), and those that its
/// copies keep.
/// </summary>
internal static class Ufs2SuperblockRules
{
    public static List<string> Check(Ufs2Image image)
    {
        var complaints = new List<string>();
        byte[] fs = image.Superblock;
        void Require(bool isRight, string rule)
        {
            if (!isRight)
            {
                complaints.Add($"superblock: {rule}");
            }
        }

        int block = Int32(fs, 48);
        int fragment = Int32(fs, 52);
        Require(Int32(fs, 1372) == 0x19540119, "magic");
        if (complaints.Count > 0)
        {
            return complaints;
        }
        int length = Int32(fs, 104);
        Require(length is >= 1376 and <= 8192 && length % 512 == 0, "fs_sbsize");
        Require(
            length is >= 1376 and <= 8192 && HasRightHash(fs.AsSpan(0, length), 1304),
            "check hash"
        );
        Require(Int64(fs, 1000) == 65536 && Int64(fs, 992) == 65536, "fs_sblockloc");
        Require(Int32(fs, 1308) == 7 && (Int32(fs, 1312) & 0x200) != 0, "check hashes announced");
        Require(fs[209] == 1 && fs[211] == 0x80, "fs_clean, fs_old_flags");
        CheckSizes(fs, block, fragment, Require);
        CheckPlaces(image, fs, Require);
        if (complaints.Count == 0)
        {
            CheckCopies(image, length, Require);
        }
        return complaints;
    }

    private static void CheckSizes(byte[] fs, int block, int fragment, Action<bool, string> require)
    {
        int perBlock = block / fragment;
        require(BitOperations.IsPow2(block) && block is >= 4096 and <= 65536, "fs_bsize");
        require(BitOperations.IsPow2(fragment) && fragment >= 512, "fs_fsize");
        require(perBlock is >= 1 and <= 8 && Int32(fs, 56) == perBlock, "fs_frag");
        require(Int32(fs, 72) == ~(block - 1) && Int32(fs, 76) == ~(fragment - 1), "masks");
        require(Int64(fs, 1336) == block - 1 && Int64(fs, 1344) == fragment - 1, "long masks");
        require(1 << Int32(fs, 80) == block && 1 << Int32(fs, 84) == fragment, "shifts");
        require(1 << Int32(fs, 96) == perBlock, "fs_fragshift");
        require(512 << Int32(fs, 100) == fragment, "fs_fsbtodb");
        require(Int32(fs, 116) == block / 8 && Int32(fs, 120) == block / 256, "nindir, inopb");
        require(Int32(fs, 1320) == 120, "fs_maxsymlinklen");
        require(Int32(fs, 860) >= block && Int32(fs, 860) <= 16 * block, "fs_maxbsize");
        int contiguous = Int32(fs, 88);
        require(contiguous >= 0 && contiguous <= Math.Max(256, (1 << 20) / block), "fs_maxcontig");
        require(contiguous <= 1 || Int32(fs, 1316) == Math.Min(contiguous, 16), "contigsumsize");
        long pointers = block / 8;
        long longest =
            (12L * block)
            - 1
            + (block * (pointers + (pointers * pointers) + (pointers * pointers * pointers)));
        require(Int64(fs, 1328) > 0 && Int64(fs, 1328) <= longest, "fs_maxfilesize");
        require(Int32(fs, 60) is >= 0 and <= 99, "fs_minfree");
    }

    private static void CheckPlaces(Ufs2Image image, byte[] fs, Action<bool, string> require)
    {
        int fragment = image.FragmentSize;
        int perBlock = image.FragmentsPerBlock;
        int UpToBlock(int bytes) =>
            ((bytes + fragment - 1) / fragment + perBlock - 1) / perBlock * perBlock;
        require(image.SuperblockStart == UpToBlock(65536 + 8192), "fs_sblkno");
        require(image.GroupBlockStart == image.SuperblockStart + UpToBlock(8192), "fs_cblkno");
        require(image.InodeStart == image.GroupBlockStart + perBlock, "fs_iblkno");
        require(image.InodesPerGroup % (image.BlockSize / 256) == 0, "fs_ipg");
        require(
            image.DataStart == image.InodeStart + (image.InodesPerGroup / (fragment / 256)),
            "fs_dblkno"
        );
        require(image.GroupSize >= 3 * perBlock && image.GroupCount >= 1, "fs_fpg, fs_ncg");
        require((long)image.InodesPerGroup * image.GroupCount < 1L << 32, "inodes");
        require(image.Size >= 8 * perBlock, "fs_size");
        require(image.Size > (image.GroupCount - 1L) * image.GroupSize, "fs_size too small");
        require(image.Size <= (long)image.GroupCount * image.GroupSize, "fs_size too large");
        require(image.Size * fragment <= image.Length, "larger than its partition");
        int summaries = Int32(fs, 156);
        require(
            summaries == ((image.GroupCount * 16) + fragment - 1) / fragment * fragment,
            "fs_cssize"
        );
        long address = Int64(fs, 1096);
        require(address >= image.DataStart, "fs_csaddr");
        require(
            (address + (summaries / fragment)) / image.GroupSize == address / image.GroupSize,
            "summaries leave their group"
        );
        require(image.GroupBlockBytes <= image.BlockSize, "fs_cgsize");
        long data =
            image.Size
            - image.SuperblockStart
            - ((long)image.GroupCount * (image.DataStart - image.SuperblockStart))
            - (summaries / fragment);
        require(Int64(fs, 1088) == data, "fs_dsize");
        byte[] recovery = image.Read(65536 - 20, 20);
        require(
            Int32(recovery, 0) == 0x19540119
                && Int32(recovery, 4) == Int32(fs, 100)
                && Int32(recovery, 8) == image.SuperblockStart
                && Int32(recovery, 12) == image.GroupSize
                && Int32(recovery, 16) == image.GroupCount,
            "recovery record"
        );
    }

    private static void CheckCopies(Ufs2Image image, int length, Action<bool, string> require)
    {
        for (int group = 0; group < image.GroupCount; group++)
        {
            long offset =
                (((long)group * image.GroupSize) + image.SuperblockStart) * image.FragmentSize;
            byte[] copy = image.Read(offset, length);
            require(HasRightHash(copy, 1304), $"check hash of the copy in group {group}");
            require(Int64(copy, 992) == offset, $"place of the copy in group {group}");
            copy.AsSpan(992, 8).Clear();
            copy.AsSpan(1304, 4).Clear();
            byte[] first = image.Superblock[..length];
            first.AsSpan(992, 8).Clear();
            first.AsSpan(1304, 4).Clear();
            require(copy.AsSpan().SequenceEqual(first), $"the copy in group {group}");
        }
    }
}
