using System.Security.Cryptography;
using System.Text;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Tests.Support;

/// <summary>Compares a tree with what a foreign reader found in its image.</summary>
internal static class TreeComparison
{
    private const long Second = 1_000_000_000;

    /// <summary>Every difference, a line each; none when the image holds exactly the tree.</summary>
    public static List<string> Differences(
        FileTree tree,
        IReadOnlyDictionary<string, SleuthKit.Entry> found
    )
    {
        var differences = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { "" };
        var inodes = new Dictionary<TreeNode, long>(ReferenceEqualityComparer.Instance);
        foreach (TreeItem item in tree.Walk().Skip(1))
        {
            seen.Add(item.Path);
            if (!found.TryGetValue(item.Path, out SleuthKit.Entry? entry))
            {
                differences.Add($"{item.Path}: missing");
                continue;
            }
            differences.AddRange(Compare(item, entry));
            if (inodes.TryGetValue(item.Node, out long inode) && inode != entry.Inode)
            {
                differences.Add($"{item.Path}: inode {entry.Inode}, its other name has {inode}");
            }
            inodes[item.Node] = entry.Inode;
        }
        if (inodes.Values.Distinct().Count() != inodes.Count)
        {
            differences.Add("two nodes share an inode");
        }
        differences.AddRange(
            found.Keys.Where(path => !seen.Contains(path)).Select(path => $"{path}: unexpected")
        );
        return differences;
    }

    private static IEnumerable<string> Compare(TreeItem item, SleuthKit.Entry entry)
    {
        NodeMetadata metadata = item.Node.Metadata;
        if (entry.Mode != ModeText(item.Node))
        {
            yield return $"{item.Path}: mode {entry.Mode}, expected {ModeText(item.Node)}";
        }
        if (entry.Uid != metadata.Uid || entry.Gid != metadata.Gid)
        {
            yield return $"{item.Path}: owner {entry.Uid}:{entry.Gid}, expected {metadata.Uid}:{metadata.Gid}";
        }
        if (entry.Modified != metadata.ModifiedTime / Second)
        {
            yield return $"{item.Path}: time {entry.Modified}, expected {metadata.ModifiedTime / Second}";
        }
        if (item.Node is SymbolicLinkNode link && entry.Target != link.Target)
        {
            yield return $"{item.Path}: target '{entry.Target}', expected '{link.Target}'";
        }
        if (item.Node is FileNode file)
        {
            if (entry.Size != file.Content.Length)
            {
                yield return $"{item.Path}: {entry.Size} bytes, expected {file.Content.Length}";
            }
            if (entry.Md5 != Md5(file.Content))
            {
                yield return $"{item.Path}: content differs";
            }
        }
    }

    /// <summary>The digest that fls prints; it shows an empty file as zero.</summary>
    private static string Md5(FileContent content)
    {
#pragma warning disable CA5351 // fls knows no other digest
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        byte[] buffer = new byte[1 << 20];
        for (long offset = 0; offset < content.Length; )
        {
            Span<byte> piece = buffer.AsSpan(
                0,
                (int)Math.Min(buffer.Length, content.Length - offset)
            );
            content.Read(offset, piece);
            md5.AppendData(piece);
            offset += piece.Length;
        }
        return Convert.ToHexStringLower(md5.GetHashAndReset());
    }

    private static string ModeText(TreeNode node)
    {
        int mode = node.Metadata.Mode;
        var text = new StringBuilder();
        text.Append(
            node is DirectoryNode ? 'd'
            : node is SymbolicLinkNode ? 'l'
            : 'r'
        );
        for (int shift = 6; shift >= 0; shift -= 3)
        {
            int bits = mode >> shift;
            text.Append((bits & 4) != 0 ? 'r' : '-').Append((bits & 2) != 0 ? 'w' : '-');
            text.Append((bits & 1) != 0 ? 'x' : '-');
        }
        // Setuid, setgid and sticky take the place of "x"; capitals mean that "x" is off.
        Mark(text, mode, 0x800, 3, 's');
        Mark(text, mode, 0x400, 6, 's');
        Mark(text, mode, 0x200, 9, 't');
        return text.ToString();
    }

    private static void Mark(StringBuilder text, int mode, int bit, int index, char mark)
    {
        if ((mode & bit) != 0)
        {
            text[index] = text[index] == 'x' ? mark : char.ToUpperInvariant(mark);
        }
    }
}
