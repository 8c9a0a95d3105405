namespace Appliance.Imaging.Tree;

/// <summary>A node with its full path, as a walk over the tree meets it.</summary>
/// <param name="Path">Names joined by "/", without a leading one; "" is the root.</param>
/// <param name="Node">The node; a hard link comes once for each of its names.</param>
public readonly record struct TreeItem(string Path, TreeNode Node);
