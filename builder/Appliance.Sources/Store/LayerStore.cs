using Appliance.Sources.Sets;

namespace Appliance.Sources.Store;

/// <summary>
/// The content store: every set is decoded once, and later builds read the decoded layer. It is keyed by the digest of
/// the set, so a layer never goes stale.
/// </summary>
public sealed class LayerStore
{
    private readonly CacheLocation cache;
    private readonly LayerStoreOptions options;

    /// <summary>Creates the store of a cache.</summary>
    public LayerStore(CacheLocation cache, LayerStoreOptions? options = null)
    {
        this.cache = cache;
        this.options = options ?? new LayerStoreOptions();
    }

    /// <summary>
    /// The layer of a set. It is read from the store where it lies there undamaged; otherwise the set is verified
    /// against its digest first and then decoded on all cores. Blocks until the layer is there.
    /// </summary>
    /// <exception cref="SourceException">The set is missing, is another one, or is no proper archive; or the cache cannot be written.</exception>
    public Layer Get(
        ResolvedSet set,
        IProgress<SourceProgress>? progress = null,
        CancellationToken token = default
    ) => throw new NotSupportedException($"{cache.Root} {options}");
}
