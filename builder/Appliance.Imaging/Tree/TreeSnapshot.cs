namespace Appliance.Imaging.Tree;

/// <summary>
/// A tree laid out flat for a writer: each node once, numbered in the order of a walk, and the names of each directory.
/// A directory comes before the files in it, these before the directories in it. 20 bytes for each name.
/// </summary>
internal sealed class TreeSnapshot
{
    /// <summary>A directory among the nodes.</summary>
    /// <param name="Node">Its index among the nodes.</param>
    /// <param name="Parent">Index of the directory above it among the nodes; the root is its own.</param>
    /// <param name="FirstEntry">Where its names begin among all names.</param>
    /// <param name="EntryCount">Number of its names.</param>
    /// <param name="Depth">0 for the root.</param>
    /// <param name="SubdirectoryCount">Directories directly in it.</param>
    public readonly record struct Directory(
        int Node,
        int Parent,
        int FirstEntry,
        int EntryCount,
        int Depth,
        int SubdirectoryCount
    );

    private readonly record struct Pending(DirectoryNode Node, int Parent, int Entry, int Depth);

    private readonly List<TreeNode> _nodes = [];
    private readonly List<Directory> _directories = [];
    private readonly List<string> _names = [];
    private readonly List<int> _targets = [];
    private readonly Dictionary<TreeNode, int> _hardLinks = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<Pending> _pending = new();

    public TreeSnapshot(DirectoryNode root)
    {
        _pending.Push(new Pending(root, 0, -1, 0));
        while (_pending.TryPop(out Pending next))
        {
            Visit(next);
        }
        _hardLinks.Clear();
    }

    /// <summary>Every node once; 0 is the root.</summary>
    public IReadOnlyList<TreeNode> Nodes => _nodes;

    /// <summary>The directories in the order of the nodes.</summary>
    public IReadOnlyList<Directory> Directories => _directories;

    /// <summary>Names of all directories; each directory has a range of them, ordered by bytes.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>For each name the index of its node.</summary>
    public IReadOnlyList<int> Targets => _targets;

    /// <summary>The path of a node by its first name, for messages: it searches all names.</summary>
    public string PathOf(int node)
    {
        int entry = _targets.IndexOf(node);
        if (entry < 0)
        {
            return "";
        }
        Directory above = _directories.First(directory =>
            entry >= directory.FirstEntry && entry < directory.FirstEntry + directory.EntryCount
        );
        string start = PathOf(above.Node);
        return start.Length == 0 ? _names[entry] : $"{start}/{_names[entry]}";
    }

    private void Visit(Pending pending)
    {
        int index = _nodes.Count;
        _nodes.Add(pending.Node);
        if (pending.Entry >= 0)
        {
            _targets[pending.Entry] = index;
        }
        TreeEntry[] entries = pending.Node.SortedEntries();
        int first = _names.Count;
        foreach (TreeEntry entry in entries)
        {
            _names.Add(entry.Name);
            _targets.Add(entry.Node is DirectoryNode ? -1 : IndexOfLeaf(entry.Node));
        }
        int subdirectories = 0;
        for (int i = entries.Length - 1; i >= 0; i--)
        {
            if (entries[i].Node is DirectoryNode child)
            {
                subdirectories++;
                _pending.Push(new Pending(child, index, first + i, pending.Depth + 1));
            }
        }
        _directories.Add(
            new Directory(
                index,
                pending.Parent,
                first,
                entries.Length,
                pending.Depth,
                subdirectories
            )
        );
    }

    private int IndexOfLeaf(TreeNode node)
    {
        int index = _nodes.Count;
        if (node.NameCount > 1)
        {
            if (_hardLinks.TryGetValue(node, out int known))
            {
                return known;
            }
            _hardLinks.Add(node, index);
        }
        _nodes.Add(node);
        return index;
    }
}
