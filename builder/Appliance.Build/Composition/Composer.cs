using System.Text;
using Appliance.Build.Overlays;
using Appliance.Imaging.Tree;
using Appliance.Model.Profiles;
using Appliance.Sources.Store;

namespace Appliance.Build.Composition;

/// <summary>Lays sets, overlay and rendered files over each other.</summary>
internal static class Composer
{
    /// <summary>The origin of what the composition itself adds.</summary>
    public const string ManifestOrigin = "manifest";

    /// <exception cref="BuildException">The sets do not fit the profile or the overlay.</exception>
    public static ComposedImage Compose(
        Profile profile,
        IReadOnlyList<(Layer Layer, LayerPayload Payload)> sets,
        IReadOnlyList<OverlayLayer> overlays
    )
    {
        var time = NewestTime(sets.Select(set => set.Layer));
        var tree = new FileTree(time);
        foreach (var (layer, payload) in sets)
        {
            LayerTree.AddTo(tree, layer, payload);
        }

        var leftOut = tree.LeaveOut([
            .. profile.LeaveOutPatterns.Select(pattern => pattern.ToString()),
        ]);
        var accounts = AccountTable.Of(tree);
        foreach (var overlay in overlays)
        {
            AddOverlay(tree, overlay, accounts, time);
        }

        AddManifest(tree, time);
        return new ComposedImage(tree, leftOut, time);
    }

    /// <summary>A clock would make two builds differ; the sets' own newest time does not.</summary>
    private static long NewestTime(IEnumerable<Layer> layers) =>
        layers.SelectMany(layer => layer.Entries).Max(entry => entry.ModifiedNanoseconds);

    private static void AddOverlay(
        FileTree tree,
        OverlayLayer overlay,
        AccountTable accounts,
        long time
    )
    {
        foreach (var entry in overlay.Entries)
        {
            var metadata = new NodeMetadata(
                accounts.User(entry.Owner),
                accounts.Group(entry.Group),
                entry.Mode,
                time
            );
            if (entry.Content is { } content)
            {
                tree.AddFile(entry.Path, content, metadata, overlay.Name);
            }
            else
            {
                tree.AddDirectory(entry.Path, metadata, overlay.Name);
            }
        }
    }

    /// <summary>The image carries its own specification, so that the running system can be compared with it.</summary>
    private static void AddManifest(FileTree tree, long time) =>
        tree.AddFile(
            MtreeSpecification.TargetPath,
            FileContent.FromBytes(Encoding.UTF8.GetBytes(MtreeSpecification.Write(tree))),
            NodeMetadata.DefaultFile(time),
            ManifestOrigin
        );
}
