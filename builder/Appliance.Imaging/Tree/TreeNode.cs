namespace Appliance.Imaging.Tree;

/// <summary>
/// One inode of the tree. Names belong to directories: a node that stands in several of them is a hard link.
/// </summary>
public abstract class TreeNode
{
    private protected TreeNode(NodeMetadata metadata, string origin)
    {
        Metadata = metadata;
        Origin = origin;
    }

    /// <summary>Owner, mode, flags and times.</summary>
    public NodeMetadata Metadata { get; internal set; }

    /// <summary>The layer that this node comes from.</summary>
    public string Origin { get; internal set; }

    /// <summary>The layer whose node of the same path this one replaced, if it replaced one.</summary>
    public string? Overrides { get; internal set; }

    /// <summary>Number of names the node has in the tree; at least 2 for a hard link, 1 for every directory.</summary>
    public int NameCount { get; internal set; }
}
