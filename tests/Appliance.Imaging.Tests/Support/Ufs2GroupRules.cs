using static Appliance.Imaging.Tests.Support.Ufs2Image;

namespace Appliance.Imaging.Tests.Support;

/// <summary>Compares the maps and sums of every cylinder group with what its inodes really use (fsck_ffs, phase 5).</summary>
internal sealed class Ufs2GroupRules
{
    private readonly Ufs2Image _image;
    private readonly bool[] _used;
    private readonly List<string> _complaints = [];
    private readonly long[] _total = new long[4];

    private Ufs2GroupRules(Ufs2Image image, bool[] used)
    {
        _image = image;
        _used = used;
    }

    public static List<string> Check(
        Ufs2Image image,
        bool[] used,
        IReadOnlyDictionary<long, byte[]> inodes
    )
    {
        var rules = new Ufs2GroupRules(image, used);
        ILookup<long, byte[]> byGroup = inodes.ToLookup(
            inode => inode.Key / image.InodesPerGroup,
            inode => inode.Value
        );
        for (int group = 0; group < image.GroupCount; group++)
        {
            rules.CheckGroup(group, [.. byGroup[group]]);
        }
        for (int i = 0; i < 4; i++)
        {
            rules.Require(
                Int64(image.Superblock, 1008 + (8 * i)) == rules._total[i],
                $"total {i} in the superblock"
            );
        }
        return rules._complaints;
    }

    private void CheckGroup(int group, byte[][] inodes)
    {
        byte[] block = _image.ReadGroup(group);
        int fragments = (int)
            Math.Min(_image.GroupSize, _image.Size - ((long)group * _image.GroupSize));
        Require(HasRightHash(block, 132), $"group {group}: check hash");
        Require(Int32(block, 4) == 0x090255 && Int32(block, 12) == group, $"group {group}: magic");
        Require(Int32(block, 20) == fragments, $"group {group}: size");
        Require(Int32(block, 116) == _image.InodesPerGroup, $"group {group}: inodes");
        CheckOffsets(group, block, fragments);

        int directories = inodes.Count(inode => (Int16(inode, 0) & 0xF000) == 0x4000);
        int freeInodes = _image.InodesPerGroup - inodes.Length - (group == 0 ? 2 : 0);
        (int freeBlocks, int freeFragments) = CheckMaps(group, block, fragments);
        int[] expected = [directories, freeBlocks, freeInodes, freeFragments];
        byte[] summary = _image.Read(
            (Int64(_image.Superblock, 1096) * _image.FragmentSize) + (group * 16),
            16
        );
        for (int i = 0; i < 4; i++)
        {
            _total[i] += expected[i];
            Require(Int32(block, 24 + (4 * i)) == expected[i], $"group {group}: sum {i}");
            Require(Int32(summary, 4 * i) == expected[i], $"summary {i} of group {group}");
        }
    }

    private void CheckOffsets(int group, byte[] block, int fragments)
    {
        int inodeMap = 168;
        int freeMap = inodeMap + ((_image.InodesPerGroup + 7) / 8);
        int end = freeMap + ((_image.GroupSize + 7) / 8);
        Require(
            Int32(block, 92) == inodeMap && Int32(block, 96) == freeMap,
            $"group {group}: maps"
        );
        if (_image.ClusterSummaryLength > 0)
        {
            int sums = ((end + 3) / 4 * 4) - 4;
            int map = sums + ((_image.ClusterSummaryLength + 1) * 4);
            end = map + (((_image.GroupSize / _image.FragmentsPerBlock) + 7) / 8);
            Require(Int32(block, 104) == sums, $"group {group}: cluster sums");
            Require(Int32(block, 108) == map, $"group {group}: cluster map");
            Require(
                Int32(block, 112) == fragments / _image.FragmentsPerBlock,
                $"group {group}: clusters"
            );
        }
        Require(Int32(block, 100) == end, $"group {group}: end of maps");
    }

    private (int FreeBlocks, int FreeFragments) CheckMaps(int group, byte[] block, int fragments)
    {
        long start = (long)group * _image.GroupSize;
        int perBlock = _image.FragmentsPerBlock;
        int freeBlocks = 0;
        int freeFragments = 0;
        int[] runs = new int[8];
        var clusters = new List<bool>();
        for (int i = 0; i < fragments; i += perBlock)
        {
            bool[] free = [.. Enumerable.Range(i, perBlock).Select(j => !_used[start + j])];
            for (int j = 0; j < perBlock; j++)
            {
                Require(
                    IsSet(block, Int32(block, 96), i + j) == free[j],
                    $"group {group}: map of fragment {start + i + j}"
                );
            }
            bool isFree = free.All(value => value);
            clusters.Add(isFree);
            freeBlocks += isFree ? 1 : 0;
            freeFragments += isFree ? 0 : free.Count(value => value);
            if (!isFree)
            {
                CountRuns(free, runs);
            }
        }
        for (int run = 1; run < perBlock; run++)
        {
            Require(Int32(block, 52 + (4 * run)) == runs[run], $"group {group}: runs of {run}");
        }
        CheckClusters(group, block, clusters);
        return (freeBlocks, freeFragments);
    }

    private void CheckClusters(int group, byte[] block, List<bool> clusters)
    {
        int longest = _image.ClusterSummaryLength;
        if (longest == 0)
        {
            return;
        }
        for (int i = 0; i < clusters.Count; i++)
        {
            Require(
                IsSet(block, Int32(block, 108), i) == clusters[i],
                $"group {group}: cluster map of block {i}"
            );
        }
        int[] runs = new int[clusters.Count + 1];
        CountRuns([.. clusters], runs);
        for (int run = 1; run <= longest; run++)
        {
            int expected = run < longest ? runs.ElementAtOrDefault(run) : runs.Skip(longest).Sum();
            Require(
                Int32(block, Int32(block, 104) + (4 * run)) == expected,
                $"group {group}: clusters of {run}"
            );
        }
    }

    private static void CountRuns(bool[] free, int[] runs)
    {
        int run = 0;
        foreach (bool isFree in free.Append(false))
        {
            if (isFree)
            {
                run++;
            }
            else if (run > 0)
            {
                runs[run]++;
                run = 0;
            }
        }
    }

    private static bool IsSet(byte[] block, int map, int bit) =>
        (block[map + (bit / 8)] & (1 << (bit % 8))) != 0;

    private void Require(bool isRight, string complaint)
    {
        if (!isRight)
        {
            _complaints.Add(complaint);
        }
    }
}
