using Appliance.Sources.Archives;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;

namespace Appliance.Sources.Packages.Archives;

/// <summary>Decodes packages into the content store, once each; a later build decompresses nothing.</summary>
public sealed class PackageStore
{
    private readonly LayerStore store;

    /// <summary>Creates the store of a cache.</summary>
    public PackageStore(CacheLocation cache, LayerStoreOptions? options = null)
    {
        store = new LayerStore(cache, options);
    }

    /// <summary>
    /// The layer of a package that is on this machine. Before it is decoded the digest of its file is verified; before
    /// anybody sees it, every file in it against its manifest.
    /// </summary>
    /// <exception cref="SourceException">
    /// The package is missing, is another one, is no proper package, or disagrees with itself; or the cache cannot be written.
    /// </exception>
    public PackageLayer Get(
        ResolvedPackage package,
        IProgress<SourceProgress>? progress = null,
        CancellationToken token = default
    )
    {
        ArgumentNullException.ThrowIfNull(package);
        var layer = store.Get(new PackageInput(package), progress, token);
        using var payload = layer.Open();
        try
        {
            var manifest = PackageInput.ReadManifest(layer.Entries, payload, package.FileName);
            PackageAgreement.CheckIdentity(package, manifest);
            var content = layer.Entries.Where(entry => !PackageEntries.IsDocument(entry.Path));
            return new PackageLayer(package, manifest, layer with { Entries = [.. content] });
        }
        catch (ArchiveException exception)
        {
            throw new SourceException(
                SourceFailure.Mismatch,
                $"{package.Path}: {exception.Message}. Renew the lock with `appliance lock --update`",
                exception
            );
        }
    }

    /// <summary>Whether the layer of a package lies in the store, so that <see cref="Get"/> will hardly take time.</summary>
    public bool Has(ResolvedPackage package)
    {
        ArgumentNullException.ThrowIfNull(package);
        return package.Sha256 is { } sha256 && store.Has(sha256);
    }
}
