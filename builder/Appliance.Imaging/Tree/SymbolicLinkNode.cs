namespace Appliance.Imaging.Tree;

/// <summary>A symbolic link.</summary>
public sealed class SymbolicLinkNode : TreeNode
{
    internal SymbolicLinkNode(string target, NodeMetadata metadata, string origin)
        : base(metadata, origin) => Target = target;

    /// <summary>The path it points to, as written; 1 to 1023 bytes of UTF-8.</summary>
    public string Target { get; }
}
