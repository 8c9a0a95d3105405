using Appliance.Files;
using Appliance.Sources.Archives;
using Appliance.Sources.Files;
using Appliance.Sources.Sets;

namespace Appliance.Sources.Store;

/// <summary>
/// The content store: every set and package is decoded once, and later builds read the decoded layer. It is keyed by the
/// digest of the archive and the version of the store's format, so a layer never goes stale.
/// </summary>
/// <remarks>
/// What is verified when: a set against its digest before it is decoded; a stored layer on every use by the digest of its
/// index and by the length and time of its payload; the payload file by file, on all cores, whenever that time is not
/// the one of its last verification, or always with <see cref="LayerStoreOptions.AlwaysVerifyPayload"/>. A layer that
/// fails is decoded again. Several processes may use one store.
/// </remarks>
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
    )
    {
        ArgumentNullException.ThrowIfNull(set);
        return Get(new SetInput(set), progress, token);
    }

    /// <summary>Whether the layer of a set lies in the store, so that <see cref="Get"/> will hardly take time.</summary>
    public bool Has(ResolvedSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return Has(set.Sha256);
    }

    internal bool Has(string sha256) =>
        LayerFiles.TryRead(StorePaths.For(cache, sha256), sha256) is not null;

    internal Layer Get(
        LayerInput source,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        var paths = StorePaths.For(cache, source.Sha256);
        if (Stored(source, paths, token) is { } stored)
        {
            return stored;
        }

        using var held = FileLock.Acquire(paths.Lock, token);
        return Stored(source, paths, token) ?? Decode(source, paths, progress, token);
    }

    private Layer? Stored(LayerInput source, StorePaths paths, CancellationToken token)
    {
        if (LayerFiles.TryRead(paths, source.Sha256) is not { } index)
        {
            return null;
        }

        var layer = ToLayer(source, paths, index);
        var isUntouched = LayerFiles.IsUntouched(paths, index);
        if (isUntouched && !options.AlwaysVerifyPayload)
        {
            return layer;
        }

        if (!HasRightContent(layer, token))
        {
            return null;
        }

        if (!isUntouched)
        {
            LayerFiles.Restamp(paths, index);
        }

        return layer;
    }

    private bool HasRightContent(Layer layer, CancellationToken token)
    {
        try
        {
            return PayloadDigests.AllMatch(layer, options.Parallel, token);
        }
        catch (Exception exception)
            when (exception is SourceException || StorageErrors.IsStorage(exception))
        {
            return false;
        }
    }

    private Layer Decode(
        LayerInput source,
        StorePaths paths,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        try
        {
            SweepAbandoned();
            LayerFiles.DeleteDirectory(paths.PartialDirectory);
            OutputFolder.Create(paths.PartialDirectory);
            var index = new LayerDecoder(source, options, progress, token).Decode(
                paths.PartialPayload
            );
            LayerFiles.Publish(paths, index);
            return ToLayer(source, paths, index);
        }
        catch (ArchiveException exception)
        {
            throw new SourceException(
                SourceFailure.Malformed,
                $"{source.Path}: {exception.Message}",
                exception
            );
        }
        catch (Exception exception) when (StorageErrors.IsStorage(exception))
        {
            throw StorageErrors.Explain(paths.Directory, exception);
        }
        finally
        {
            LayerFiles.DeleteDirectory(paths.PartialDirectory);
        }
    }

    /// <summary>Removes what runs that were killed have left: nobody holds its lock any more.</summary>
    private void SweepAbandoned()
    {
        if (!Directory.Exists(cache.StoreDirectory))
        {
            return;
        }

        var pattern = "*" + StorePaths.PartialExtension;
        foreach (var abandoned in Directory.EnumerateDirectories(cache.StoreDirectory, pattern))
        {
            var key = Path.GetFileNameWithoutExtension(abandoned);
            using var held = FileLock.TryAcquire(StorePaths.LockOf(cache, key));
            if (held is not null)
            {
                LayerFiles.DeleteDirectory(abandoned);
            }
        }
    }

    private static Layer ToLayer(LayerInput source, StorePaths paths, LayerIndex index) =>
        new(source.Name, source.Sha256, index.Entries, paths.Payload, index.PayloadLength);
}
