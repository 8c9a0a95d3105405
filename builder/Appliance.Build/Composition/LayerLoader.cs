using Appliance.Sources;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;

namespace Appliance.Build.Composition;

/// <summary>A decoded set with its content open.</summary>
internal sealed record LoadedLayer(Layer Layer, LayerPayload Payload);

/// <summary>Gets the layers of a release out of the content store.</summary>
internal static class LayerLoader
{
    public static IReadOnlyList<LoadedLayer> Load(
        ResolvedSets sets,
        LayerStore store,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        var loaded = new List<LoadedLayer>();
        try
        {
            foreach (var set in sets.Sets)
            {
                var layer = store.Get(set, progress, token);
                loaded.Add(new LoadedLayer(layer, layer.Open()));
            }

            return loaded;
        }
        catch
        {
            Close(loaded);
            throw;
        }
    }

    public static void Close(IEnumerable<LoadedLayer> layers)
    {
        foreach (var layer in layers)
        {
            layer.Payload.Dispose();
        }
    }
}
