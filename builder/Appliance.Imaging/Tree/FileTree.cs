using System.Text;

namespace Appliance.Imaging.Tree;

/// <summary>
/// A file system in memory: names, owners, modes and times, content by reference. Layers are added one after the other;
/// a later one wins. Paths use "/", may begin with "/" or "./" and end with "/" as archives write them.
/// Not safe for concurrent changes.
/// </summary>
public sealed class FileTree
{
    /// <summary>Longest target of a symbolic link in bytes (MAXPATHLEN without its NUL).</summary>
    public const int MaximumTargetLength = 1023;

    private readonly NodeMetadata _impliedDirectory;

    /// <param name="root">Metadata of the root directory until a layer names it.</param>
    /// <param name="impliedDirectory">Metadata of directories that a path needs and no layer has named yet.</param>
    /// <param name="origin">Origin of the root directory.</param>
    public FileTree(NodeMetadata root, NodeMetadata impliedDirectory, string origin)
    {
        CheckMode(root, "/");
        CheckMode(impliedDirectory, "/");
        _impliedDirectory = impliedDirectory;
        Root = new DirectoryNode(root, origin, isImplied: true) { NameCount = 1 };
    }

    /// <summary>A tree whose root and implied directories belong to root:wheel with mode 0755.</summary>
    /// <param name="time">Their time, nanoseconds since 1970-01-01 UTC.</param>
    public FileTree(long time)
        : this(
            NodeMetadata.DefaultDirectory(time),
            NodeMetadata.DefaultDirectory(time),
            "(implied)"
        ) { }

    /// <summary>The root directory.</summary>
    public DirectoryNode Root { get; }

    /// <summary>Adds a directory, or gives one that exists the metadata of this layer.</summary>
    /// <exception cref="ImagingException">The path is not valid.</exception>
    public DirectoryNode AddDirectory(string path, NodeMetadata metadata, string origin)
    {
        CheckMode(metadata, path);
        ReadOnlySpan<char> rest = TreePath.Normalize(path);
        if (rest.IsEmpty)
        {
            return Restate(Root, metadata, origin);
        }
        (DirectoryNode parent, string name) = Parent(rest, path, origin);
        TreeNode? existing = parent.Find(name);
        if (existing is DirectoryNode directory)
        {
            return Restate(directory, metadata, origin);
        }
        var added = new DirectoryNode(metadata, origin, isImplied: false);
        Place(parent, name, added, existing);
        return added;
    }

    /// <summary>Adds a regular file; one that a former layer put there is replaced.</summary>
    /// <exception cref="ImagingException">The path is not valid, or a directory that is not empty has it.</exception>
    public FileNode AddFile(string path, FileContent content, NodeMetadata metadata, string origin)
    {
        ArgumentNullException.ThrowIfNull(content);
        var node = new FileNode(content, metadata, origin);
        AddLeaf(path, node, origin);
        return node;
    }

    /// <summary>Adds a symbolic link; what a former layer put there is replaced.</summary>
    /// <exception cref="ImagingException">The path or target is not valid, or a directory that is not empty has it.</exception>
    public SymbolicLinkNode AddSymbolicLink(
        string path,
        string target,
        NodeMetadata metadata,
        string origin
    )
    {
        ArgumentNullException.ThrowIfNull(target);
        int length = Encoding.UTF8.GetByteCount(target);
        if (length is 0 or > MaximumTargetLength || target.Contains('\0', StringComparison.Ordinal))
        {
            throw new ImagingException(
                $"Symbolic link '{path}': a target has 1 to {MaximumTargetLength} bytes and no NUL; this one has {length}."
            );
        }
        var node = new SymbolicLinkNode(target, metadata, origin);
        AddLeaf(path, node, origin);
        return node;
    }

    /// <summary>Gives a file or symbolic link that is in the tree one more name.</summary>
    /// <exception cref="ImagingException">There is no such node, it is a directory, or the new path is not valid.</exception>
    public void AddHardLink(string path, string existingPath, string origin)
    {
        TreeNode target =
            Find(existingPath)
            ?? throw new ImagingException(
                $"Hard link '{path}': its target '{existingPath}' is not in the tree."
            );
        if (target is DirectoryNode)
        {
            throw new ImagingException(
                $"Hard link '{path}': its target '{existingPath}' is a directory."
            );
        }
        (DirectoryNode parent, string name) = Parent(TreePath.Normalize(path), path, origin);
        TreeNode? existing = parent.Find(name);
        if (ReferenceEquals(existing, target))
        {
            return;
        }
        RefuseToReplaceFullDirectory(existing, path, origin);
        parent.Set(name, target);
    }

    /// <summary>The node at a path, or null. Symbolic links are not followed.</summary>
    public TreeNode? Find(string path)
    {
        ReadOnlySpan<char> rest = TreePath.Normalize(path);
        TreeNode? node = Root;
        while (!rest.IsEmpty && node is not null)
        {
            ReadOnlySpan<char> name = TreePath.TakeName(ref rest);
            node = (node as DirectoryNode)?.Find(name);
        }
        return node;
    }

    /// <summary>Removes a name, and with a directory all that lies in it. Other names of a hard link stay.</summary>
    /// <returns>Whether there was such a name.</returns>
    public bool Remove(string path)
    {
        ReadOnlySpan<char> rest = TreePath.Normalize(path);
        DirectoryNode? directory = Root;
        while (directory is not null && !rest.IsEmpty)
        {
            string name = TreePath.TakeName(ref rest).ToString();
            if (rest.IsEmpty)
            {
                if (directory.Find(name) is DirectoryNode subtree)
                {
                    Forget(subtree);
                }
                return directory.Remove(name);
            }
            directory = directory.Find(name) as DirectoryNode;
        }
        return false;
    }

    /// <summary>Replaces the metadata of the node at a path.</summary>
    /// <exception cref="ImagingException">There is no such node.</exception>
    public void SetMetadata(string path, NodeMetadata metadata)
    {
        CheckMode(metadata, path);
        TreeNode node = Find(path) ?? throw new ImagingException($"'{path}' is not in the tree.");
        node.Metadata = metadata;
    }

    /// <summary>
    /// Removes what the patterns say, in one pass; see <see cref="LeaveOut.Apply"/> for their meaning.
    /// </summary>
    public LeaveOutReport LeaveOut(IReadOnlyList<string> patterns) =>
        Tree.LeaveOut.Apply(this, patterns);

    /// <summary>Names in the tree, the root's own among them.</summary>
    public int CountNames() => 1 + CountNames(Root);

    private static int CountNames(DirectoryNode directory) =>
        directory.Children.Count
        + directory.Children.Values.OfType<DirectoryNode>().Sum(CountNames);

    /// <summary>Every name of the tree, a directory before what lies in it, ordered by bytes. The root comes first.</summary>
    public IEnumerable<TreeItem> Walk()
    {
        var pending = new Stack<TreeItem>();
        pending.Push(new TreeItem("", Root));
        while (pending.TryPop(out TreeItem item))
        {
            yield return item;
            if (item.Node is not DirectoryNode directory)
            {
                continue;
            }
            TreeEntry[] entries = directory.SortedEntries();
            for (int i = entries.Length - 1; i >= 0; i--)
            {
                string path =
                    item.Path.Length == 0 ? entries[i].Name : $"{item.Path}/{entries[i].Name}";
                pending.Push(new TreeItem(path, entries[i].Node));
            }
        }
    }

    /// <summary>Takes back the names that a subtree holds, so that hard links into it count right.</summary>
    internal static void Forget(DirectoryNode directory)
    {
        foreach (TreeNode child in directory.Children.Values)
        {
            child.NameCount--;
            if (child is DirectoryNode inner)
            {
                Forget(inner);
            }
        }
    }

    private void AddLeaf(string path, TreeNode node, string origin)
    {
        CheckMode(node.Metadata, path);
        (DirectoryNode parent, string name) = Parent(TreePath.Normalize(path), path, origin);
        TreeNode? existing = parent.Find(name);
        RefuseToReplaceFullDirectory(existing, path, origin);
        Place(parent, name, node, existing);
    }

    private (DirectoryNode Parent, string Name) Parent(
        ReadOnlySpan<char> rest,
        string path,
        string origin
    )
    {
        DirectoryNode directory = Root;
        while (true)
        {
            ReadOnlySpan<char> name = TreePath.TakeName(ref rest);
            if (rest.IsEmpty)
            {
                TreePath.CheckName(name, path);
                return (directory, name.ToString());
            }
            directory = directory.Find(name) switch
            {
                DirectoryNode next => next,
                null => AddImplied(directory, name, path, origin),
                TreeNode other => throw new ImagingException(
                    $"'{path}' of layer '{origin}' lies below '{name}', which layer '{other.Origin}' made "
                        + $"{(other is SymbolicLinkNode ? "a symbolic link" : "a file")}, not a directory."
                ),
            };
        }
    }

    private DirectoryNode AddImplied(
        DirectoryNode parent,
        ReadOnlySpan<char> name,
        string path,
        string origin
    )
    {
        TreePath.CheckName(name, path);
        var directory = new DirectoryNode(_impliedDirectory, origin, isImplied: true);
        parent.Set(name.ToString(), directory);
        return directory;
    }

    private static DirectoryNode Restate(
        DirectoryNode directory,
        NodeMetadata metadata,
        string origin
    )
    {
        if (!directory.IsImplied && directory.Origin != origin)
        {
            directory.Overrides = directory.Origin;
        }
        directory.Metadata = metadata;
        directory.Origin = origin;
        directory.IsImplied = false;
        return directory;
    }

    private static void Place(DirectoryNode parent, string name, TreeNode node, TreeNode? existing)
    {
        if (existing is not null && existing.Origin != node.Origin)
        {
            node.Overrides = existing.Origin;
        }
        parent.Set(name, node);
    }

    private static void RefuseToReplaceFullDirectory(TreeNode? existing, string path, string origin)
    {
        if (existing is DirectoryNode { Count: > 0 } directory)
        {
            throw new ImagingException(
                $"'{path}' of layer '{origin}' is no directory, but layer '{directory.Origin}' has one there "
                    + $"with {directory.Count} names in it. Leave it out first, or rename one of them."
            );
        }
    }

    private static void CheckMode(NodeMetadata metadata, string path)
    {
        if ((metadata.Mode & ~NodeMetadata.ModeMask) != 0)
        {
            throw new ImagingException(
                $"'{path}': mode {Convert.ToString(metadata.Mode, 8)} has bits beyond 7777; the kind of a node is not part of its mode."
            );
        }
    }
}
