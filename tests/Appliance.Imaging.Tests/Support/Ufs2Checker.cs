using System.Text;
using static Appliance.Imaging.Tests.Support.Ufs2Image;

namespace Appliance.Imaging.Tests.Support;

/// <summary>
/// Checks a UFS2 image as fsck_ffs(8) does, from the format and not from the writer: hashes, inodes, directories, link
/// counts, and every map and sum computed anew from the inodes.
/// </summary>
internal sealed class Ufs2Checker
{
    private readonly Ufs2Image _image;
    private readonly List<string> _complaints = [];
    private readonly bool[] _used;
    private readonly Dictionary<long, byte[]> _inodes = [];

    private Ufs2Checker(Ufs2Image image)
    {
        _image = image;
        _used = new bool[image.Size];
    }

    /// <summary>Everything that is wrong, a line each.</summary>
    public static IReadOnlyList<string> Check(string path)
    {
        using var image = new Ufs2Image(path);
        List<string> complaints = Ufs2SuperblockRules.Check(image);
        if (complaints.Count > 0)
        {
            return complaints;
        }
        var checker = new Ufs2Checker(image);
        checker.MarkMetadata();
        checker.CheckInodes();
        checker.CheckDirectories();
        checker._complaints.AddRange(Ufs2GroupRules.Check(image, checker._used, checker._inodes));
        return checker._complaints;
    }

    private void MarkMetadata()
    {
        for (int group = 0; group < _image.GroupCount; group++)
        {
            long start = (long)group * _image.GroupSize;
            long from = group == 0 ? 0 : start + _image.SuperblockStart;
            Mark(from, (int)(start + _image.DataStart - from), "metadata");
        }
        int summaries = Int32(_image.Superblock, 156) / _image.FragmentSize;
        Mark(Int64(_image.Superblock, 1096), summaries, "summaries");
    }

    private void CheckInodes()
    {
        for (int group = 0; group < _image.GroupCount; group++)
        {
            byte[] block = _image.ReadGroup(group);
            int initialized = Int32(block, 120);
            // With fewer, fsck_ffs takes files away whose inodes the kernel prepared shortly before a power failure.
            Require(
                initialized == _image.InodesPerGroup,
                $"group {group}: not every inode is initialised"
            );
            for (int i = group == 0 ? 2 : 0; i < _image.InodesPerGroup; i++)
            {
                long number = ((long)group * _image.InodesPerGroup) + i;
                bool isUsed = (block[Int32(block, 92) + (i / 8)] & (1 << (i % 8))) != 0;
                if (i >= initialized)
                {
                    Require(!isUsed, $"inode {number} is used but not initialised");
                    continue;
                }
                byte[] inode = _image.Read(_image.InodeOffset(number), 256);
                Require(isUsed == (Int16(inode, 0) != 0), $"inode {number}: map and mode differ");
                if (isUsed)
                {
                    CheckInode(number, inode);
                }
                else
                {
                    Require(
                        inode.AsSpan().IndexOfAnyExcept((byte)0) < 0,
                        $"inode {number} is unused but not empty"
                    );
                }
            }
        }
    }

    private void CheckInode(long number, byte[] inode)
    {
        _inodes.Add(number, inode);
        Require(HasRightHash(inode, 244), $"inode {number}: check hash");
        Require(Int32(inode, 80) != 0, $"inode {number}: no generation");
        long size = Int64(inode, 16);
        bool isInline = (Int16(inode, 0) & 0xF000) == 0xA000 && size < 120;
        long fragments = isInline ? 0 : Blocks(number, inode).Sum(block => (long)block.Fragments);
        Require(
            Int64(inode, 24) == fragments * (_image.FragmentSize / 512),
            $"inode {number}: block count {Int64(inode, 24)}, found {fragments} fragments"
        );
    }

    /// <summary>Marks and returns all blocks of an inode: logical number (-1 for indirect ones), address, fragments.</summary>
    private List<(long Logical, long Address, int Fragments)> Blocks(long number, byte[] inode)
    {
        long size = Int64(inode, 16);
        long count = (size + _image.BlockSize - 1) / _image.BlockSize;
        var found = new List<(long Logical, long Address, int Fragments)>();
        for (int i = 0; i < 12; i++)
        {
            bool isLast = i == count - 1 && size % _image.BlockSize != 0;
            int fragments = isLast
                ? (int)(((size % _image.BlockSize) + _image.FragmentSize - 1) / _image.FragmentSize)
                : _image.FragmentsPerBlock;
            Take(found, number, i, count, Int64(inode, 112 + (8 * i)), fragments);
        }
        long first = 12;
        long reach = 1;
        for (int level = 1; level <= 3; level++)
        {
            reach *= _image.BlockSize / 8;
            Descend(found, number, level, first, count, Int64(inode, 208 + (8 * (level - 1))));
            first += reach;
        }
        Require(
            count == 0 || found.Any(block => block.Logical == count - 1),
            $"inode {number}: ends in a hole"
        );
        foreach ((long _, long address, int fragments) in found)
        {
            Mark(address, fragments, $"inode {number}");
        }
        return found;
    }

    private void Take(
        List<(long Logical, long Address, int Fragments)> found,
        long number,
        long logical,
        long count,
        long address,
        int fragments
    )
    {
        if (address != 0)
        {
            Require(logical < count, $"inode {number}: block {logical} beyond its end");
            found.Add((logical, address, fragments));
        }
    }

    private void Descend(
        List<(long Logical, long Address, int Fragments)> found,
        long number,
        int level,
        long first,
        long count,
        long address
    )
    {
        if (address == 0)
        {
            return;
        }
        Require(first < count, $"inode {number}: indirect block beyond its end");
        found.Add((-1, address, _image.FragmentsPerBlock));
        byte[] pointers = _image.ReadFragments(address, _image.FragmentsPerBlock);
        long reach = (long)Math.Pow(_image.BlockSize / 8, level - 1);
        for (int i = 0; i < _image.BlockSize / 8; i++)
        {
            long pointer = Int64(pointers, i * 8);
            long logical = first + (i * reach);
            if (level == 1)
            {
                Take(found, number, logical, count, pointer, _image.FragmentsPerBlock);
            }
            else
            {
                Descend(found, number, level - 1, logical, count, pointer);
            }
        }
    }

    private void CheckDirectories()
    {
        var links = new Dictionary<long, int>();
        var pending = new Queue<(long Inode, long Parent, int Depth)>();
        pending.Enqueue((2, 2, 0));
        while (pending.TryDequeue(out (long Inode, long Parent, int Depth) at))
        {
            byte[] inode = _inodes[at.Inode];
            Require(Int32(inode, 240) == at.Depth, $"inode {at.Inode}: directory depth");
            List<(long Inode, int Type, string Name)> entries = Entries(at.Inode, inode);
            Require(
                entries is [(_, 4, "."), (_, 4, ".."), ..]
                    && entries[0].Inode == at.Inode
                    && entries[1].Inode == at.Parent,
                $"inode {at.Inode}: '.' and '..'"
            );
            Require(
                entries.Select(entry => entry.Name).Distinct().Count() == entries.Count,
                $"inode {at.Inode}: a name twice"
            );
            for (int i = 0; i < entries.Count; i++)
            {
                (long target, int type, string name) = entries[i];
                links[target] = links.GetValueOrDefault(target) + 1;
                if (!_inodes.TryGetValue(target, out byte[]? found))
                {
                    _complaints.Add($"'{name}' points to the unused inode {target}");
                    continue;
                }
                Require((ushort)Int16(found, 0) >> 12 == type, $"'{name}' has type {type}");
                if (i >= 2 && type == 4)
                {
                    pending.Enqueue((target, at.Inode, at.Depth + 1));
                }
            }
        }
        foreach ((long number, byte[] inode) in _inodes)
        {
            int counted = links.GetValueOrDefault(number);
            Require(
                counted == (ushort)Int16(inode, 2),
                $"inode {number}: {(ushort)Int16(inode, 2)} links, {counted} names"
            );
        }
    }

    private List<(long Inode, int Type, string Name)> Entries(long number, byte[] inode)
    {
        long size = Int64(inode, 16);
        Require(size > 0 && size % 512 == 0, $"inode {number}: directory of {size} bytes");
        byte[] bytes = new byte[size];
        foreach ((long logical, long address, int fragments) in BlocksAgain(number, inode))
        {
            long from = logical * _image.BlockSize;
            int length = (int)Math.Min(fragments * _image.FragmentSize, size - from);
            _image
                .ReadFragments(address, fragments)
                .AsSpan(0, length)
                .CopyTo(bytes.AsSpan((int)from));
        }
        var entries = new List<(long Inode, int Type, string Name)>();
        for (int at = 0; at < size; )
        {
            int length = (ushort)Int16(bytes, at + 4);
            int name = bytes[at + 7];
            int needed = (8 + name + 1 + 3) & ~3;
            bool isMalformed =
                length < needed || length % 4 != 0 || (at % 512) + length > 512 || name == 0;
            if (
                isMalformed
                || bytes.AsSpan(at + 8, name).IndexOfAny((byte)0, (byte)'/') >= 0
                || bytes[at + 8 + name] != 0
            )
            {
                _complaints.Add($"inode {number}: record of {length} bytes at {at}");
                break;
            }
            entries.Add(
                (Int32(bytes, at), bytes[at + 6], Encoding.UTF8.GetString(bytes, at + 8, name))
            );
            at += length;
        }
        return entries;
    }

    /// <summary>The data blocks of a directory whose blocks are marked already.</summary>
    private List<(long Logical, long Address, int Fragments)> BlocksAgain(long number, byte[] inode)
    {
        int complaints = _complaints.Count;
        List<(long Logical, long Address, int Fragments)> blocks = Blocks(number, inode);
        // Marking them a second time complains about every one; those complaints mean nothing.
        _complaints.RemoveRange(complaints, _complaints.Count - complaints);
        return [.. blocks.Where(block => block.Logical >= 0)];
    }

    private void Mark(long address, int fragments, string owner)
    {
        if (address < 0 || address + fragments > _image.Size)
        {
            _complaints.Add($"{owner}: fragments {address}+{fragments} are outside");
            return;
        }
        if (
            address % _image.FragmentsPerBlock + fragments > _image.FragmentsPerBlock
            && owner.StartsWith("inode", StringComparison.Ordinal)
        )
        {
            _complaints.Add($"{owner}: fragments {address}+{fragments} cross a block");
        }
        for (long i = address; i < address + fragments; i++)
        {
            Require(!_used[i], $"{owner}: fragment {i} is taken");
            _used[i] = true;
        }
    }

    private void Require(bool isRight, string complaint)
    {
        if (!isRight)
        {
            _complaints.Add(complaint);
        }
    }
}
