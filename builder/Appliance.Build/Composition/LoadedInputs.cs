using Appliance.Build.Packages.Installation;
using Appliance.Sources;
using Appliance.Sources.Store;

namespace Appliance.Build.Composition;

/// <summary>A decoded set with its content open.</summary>
internal sealed record LoadedLayer(Layer Layer, LayerPayload Payload);

/// <summary>Decoded sets and packages with their content open, until they are disposed of.</summary>
internal sealed class LoadedInputs : IDisposable
{
    private readonly List<LoadedLayer> sets = [];
    private readonly List<LoadedPackage> packages = [];

    private LoadedInputs() { }

    /// <summary>In the order in which they are laid over each other.</summary>
    public IReadOnlyList<LoadedLayer> Sets => sets;

    public IReadOnlyList<LoadedPackage> Packages => packages;

    /// <summary>All of them.</summary>
    public IEnumerable<Layer> Layers =>
        sets.Select(set => set.Layer).Concat(packages.Select(package => package.Content.Layer));

    /// <summary>Gets sets and packages out of the content store, where they are verified.</summary>
    /// <exception cref="SourceException">One of them is missing, or another one than the lock says.</exception>
    public static LoadedInputs Load(
        BuildInputs inputs,
        ContentStores stores,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        var loaded = new LoadedInputs();
        try
        {
            foreach (var set in inputs.Sets.Sets)
            {
                var layer = stores.Sets.Get(set, progress, token);
                loaded.sets.Add(new LoadedLayer(layer, layer.Open()));
            }

            foreach (var package in inputs.Packages)
            {
                var content = stores.Packages.Get(package, progress, token);
                loaded.packages.Add(new LoadedPackage(content, content.Layer.Open()));
            }

            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        sets.ForEach(set => set.Payload.Dispose());
        packages.ForEach(package => package.Payload.Dispose());
    }
}
