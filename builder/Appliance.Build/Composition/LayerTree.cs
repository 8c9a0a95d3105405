using Appliance.Imaging.Tree;
using Appliance.Sources.Store;

namespace Appliance.Build.Composition;

/// <summary>Lays a decoded set over a file tree.</summary>
internal static class LayerTree
{
    /// <summary>Adds every entry of the layer; its content stays in the payload.</summary>
    public static void AddTo(FileTree tree, Layer layer, LayerPayload payload)
    {
        foreach (var entry in layer.Entries)
        {
            Add(tree, layer.Name, entry, payload);
        }
    }

    private static void Add(FileTree tree, string origin, LayerEntry entry, LayerPayload payload)
    {
        switch (entry.Kind)
        {
            case LayerEntryKind.Directory:
                tree.AddDirectory(entry.Path, Metadata(entry), origin);
                break;
            case LayerEntryKind.File:
                var content = FileContent.FromFile(
                    payload.Handle,
                    entry.PayloadOffset,
                    entry.Length
                );
                tree.AddFile(
                    entry.Path,
                    new DigestedContent(content, entry.Sha256),
                    Metadata(entry),
                    origin
                );
                break;
            case LayerEntryKind.SymbolicLink:
                tree.AddSymbolicLink(entry.Path, entry.LinkTarget, Metadata(entry), origin);
                break;
            case LayerEntryKind.HardLink:
                tree.AddHardLink(entry.Path, entry.LinkTarget, origin);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(entry), entry.Kind, null);
        }
    }

    private static NodeMetadata Metadata(LayerEntry entry) =>
        new(
            (uint)entry.Uid,
            (uint)entry.Gid,
            entry.Mode,
            entry.Flags,
            entry.ModifiedNanoseconds,
            entry.ModifiedNanoseconds
        );
}
