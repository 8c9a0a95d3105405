using Appliance.Sources.Downloads;

namespace Appliance.Sources.Sets;

/// <summary>Finds the sets of a release: in a directory, in the cache, or on a mirror.</summary>
public sealed class SetSource
{
    private readonly CacheLocation cache;
    private readonly Downloader downloader;

    /// <summary>Creates a source over a cache and the network.</summary>
    public SetSource(CacheLocation cache, Downloader downloader)
    {
        this.cache = cache;
        this.downloader = downloader;
    }

    /// <summary>
    /// Says for every wanted set which digest it must have and whether it is on this machine. Nothing is decoded and no
    /// set is downloaded; the network is used only for what neither the lock nor the cache knows: the MANIFEST, and the
    /// sizes of missing sets.
    /// </summary>
    /// <exception cref="SourceException">The request, the lock or the MANIFEST is wrong, or something is out of reach.</exception>
    public Task<ResolvedSets> ResolveAsync(SetRequest request, CancellationToken token) =>
        throw new NotSupportedException($"{cache.Root} {downloader}");

    /// <summary>Downloads what is missing and returns the same sets, all of them cached.</summary>
    /// <exception cref="SourceException">A set is out of reach, or is not what it has to be.</exception>
    public Task<ResolvedSets> FetchAsync(
        ResolvedSets sets,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    ) => throw new NotSupportedException($"{cache.Root} {downloader}");
}
