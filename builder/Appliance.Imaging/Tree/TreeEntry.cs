namespace Appliance.Imaging.Tree;

/// <summary>A name in a directory and the node it stands for.</summary>
public readonly record struct TreeEntry(string Name, TreeNode Node);
