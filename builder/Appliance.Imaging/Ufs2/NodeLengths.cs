using System.Text;
using Appliance.Imaging.Tree;

namespace Appliance.Imaging.Ufs2;

/// <summary>The length of what each node of a tree has in blocks of its own.</summary>
internal sealed class NodeLengths
{
    private readonly TreeSnapshot _tree;
    private readonly Dictionary<int, long> _directories;

    public NodeLengths(TreeSnapshot tree)
    {
        _tree = tree;
        _directories = new Dictionary<int, long>(tree.Directories.Count);
        foreach (TreeSnapshot.Directory directory in tree.Directories)
        {
            _directories.Add(
                directory.Node,
                DirectoryStream.Measure(tree.Names, directory.FirstEntry, directory.EntryCount)
            );
        }
    }

    /// <summary>The size that the inode shows, in bytes.</summary>
    public long Shown(int node) =>
        _tree.Nodes[node] switch
        {
            FileNode file => file.Content.Length,
            SymbolicLinkNode link => Encoding.UTF8.GetByteCount(link.Target),
            _ => _directories[node],
        };

    /// <summary>The bytes that lie in blocks: none for a symbolic link that fits into its inode.</summary>
    public long OnDisk(int node)
    {
        long shown = Shown(node);
        return _tree.Nodes[node] is SymbolicLinkNode && shown < Ufs2Format.InlineTargetLimit
            ? 0
            : shown;
    }
}
