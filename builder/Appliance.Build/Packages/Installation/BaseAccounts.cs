using Appliance.Imaging.Tree;
using Appliance.Sources.Store;

namespace Appliance.Build.Packages.Installation;

/// <summary>
/// Where the base system itself is made of packages, its accounts are in one of them, and are needed before the first
/// file gets its owner.
/// </summary>
internal static class BaseAccounts
{
    private static readonly string[] Paths = ["etc/master.passwd", "etc/group"];

    /// <summary>Puts the files that the tree does not have into it; their package lays its own over them later.</summary>
    public static void Place(FileTree tree, IReadOnlyList<LoadedPackage> packages)
    {
        foreach (var path in Paths.Where(path => tree.Find(path) is null))
        {
            foreach (var package in packages)
            {
                var entry = package.Content.Layer.Entries.FirstOrDefault(entry =>
                    entry.Path == path && entry.Kind == LayerEntryKind.File
                );
                if (entry is not null)
                {
                    tree.AddFile(
                        path,
                        FileContent.FromFile(
                            package.Payload.Handle,
                            entry.PayloadOffset,
                            entry.Length
                        ),
                        NodeMetadata.DefaultFile(entry.ModifiedNanoseconds),
                        "accounts"
                    );
                }
            }
        }
    }
}
