namespace Appliance.Imaging.Tree;

/// <summary>A directory: names and the nodes they stand for.</summary>
public sealed class DirectoryNode : TreeNode
{
    private readonly Dictionary<string, TreeNode> _children = new(StringComparer.Ordinal);

    internal DirectoryNode(NodeMetadata metadata, string origin, bool isImplied)
        : base(metadata, origin) => IsImplied = isImplied;

    /// <summary>Whether no layer named the directory: it exists only because something lies in it.</summary>
    public bool IsImplied { get; internal set; }

    /// <summary>Number of names in it, without "." and "..".</summary>
    public int Count => _children.Count;

    /// <summary>The node of a name, or null.</summary>
    public TreeNode? Find(ReadOnlySpan<char> name) =>
        _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out TreeNode? node)
            ? node
            : null;

    /// <summary>The entries ordered by the bytes of their names. Sorts on every call.</summary>
    public TreeEntry[] SortedEntries()
    {
        var entries = new TreeEntry[_children.Count];
        int i = 0;
        foreach ((string name, TreeNode node) in _children)
        {
            entries[i++] = new TreeEntry(name, node);
        }
        Array.Sort(entries, static (x, y) => Utf8Order.Instance.Compare(x.Name, y.Name));
        return entries;
    }

    /// <summary>The entries in no order that may be relied on.</summary>
    internal IReadOnlyDictionary<string, TreeNode> Children => _children;

    internal void Set(string name, TreeNode node)
    {
        if (_children.TryGetValue(name, out TreeNode? old))
        {
            old.NameCount--;
        }
        _children[name] = node;
        node.NameCount++;
    }

    internal bool Remove(string name)
    {
        if (!_children.Remove(name, out TreeNode? node))
        {
            return false;
        }
        node.NameCount--;
        return true;
    }
}
