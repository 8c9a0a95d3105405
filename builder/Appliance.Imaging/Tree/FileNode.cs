namespace Appliance.Imaging.Tree;

/// <summary>A regular file.</summary>
public sealed class FileNode : TreeNode
{
    internal FileNode(FileContent content, NodeMetadata metadata, string origin)
        : base(metadata, origin) => Content = content;

    /// <summary>The bytes, by reference.</summary>
    public FileContent Content { get; }
}
