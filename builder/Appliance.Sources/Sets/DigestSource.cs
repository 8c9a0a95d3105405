using Appliance.Files;
using Appliance.Sources.Downloads;
using Appliance.Sources.Files;

namespace Appliance.Sources.Sets;

/// <summary>What a set has to be.</summary>
internal sealed record Demand(string Name, string Sha256, long? Size)
{
    public string FileName => Name + SetNames.Extension;
}

/// <summary>Finds out what the wanted sets have to be: from the lock, or without one from the MANIFEST.</summary>
internal sealed class DigestSource(
    SetRequest request,
    string directory,
    Uri? mirror,
    Downloader downloader
)
{
    private string ManifestPath => Path.Combine(directory, Manifest.FileName);

    public async Task<IReadOnlyList<Demand>> DemandsAsync(CancellationToken token)
    {
        if (request.Lock is { } pins)
        {
            return [.. request.Sets.Select(name => FromLock(pins, name))];
        }

        var manifest = await ManifestAsync(token).ConfigureAwait(false);
        return [.. request.Sets.Select(name => FromManifest(manifest, name))];
    }

    private Demand FromLock(SetsLock pins, string name)
    {
        if (pins.Release != request.Release || pins.Architecture != request.Architecture)
        {
            throw new SourceException(
                SourceFailure.Mismatch,
                $"the lock pins {pins.Release} for {pins.Architecture}, but {request.Release} for "
                    + $"{request.Architecture} is wanted. Renew it with `appliance lock --update`"
            );
        }

        return pins.Find(name) is { } pinned
            ? new Demand(name, pinned.Sha256, pinned.Size)
            : throw new SourceException(
                SourceFailure.Mismatch,
                $"the lock does not pin the set {name}. Renew it with `appliance lock --update`"
            );
    }

    private Demand FromManifest(Manifest manifest, string name) =>
        manifest.Find(name) is { } entry
            ? new Demand(name, entry.Sha256, null)
            : throw new SourceException(
                SourceFailure.Malformed,
                $"{ManifestPath}: there is no line for {name}{SetNames.Extension}; it has "
                    + string.Join(", ", manifest.Entries.Select(known => known.FileName))
                    + ". Bring the MANIFEST of the release, or change the sets of the profile"
            );

    private async Task<Manifest> ManifestAsync(CancellationToken token)
    {
        var isThere = File.Exists(ManifestPath);
        if (!isThere && mirror is null)
        {
            throw new SourceException(
                SourceFailure.Missing,
                $"{ManifestPath}: no such file, and no network is to be used. {Bring()}"
            );
        }

        if (mirror is not null && (!isThere || request.RefreshManifest))
        {
            await DownloadAsync(mirror, token).ConfigureAwait(false);
        }

        return Read();
    }

    private Manifest Read()
    {
        var length = StorageErrors.Guard(ManifestPath, () => new FileInfo(ManifestPath).Length);
        var bytes =
            length > Manifest.MaximumBytes
                ? new byte[Manifest.MaximumBytes + 1]
                : StorageErrors.Guard(ManifestPath, () => File.ReadAllBytes(ManifestPath));
        return Manifest.Parse(bytes, ManifestPath);
    }

    /// <summary>Fetches the MANIFEST aside, and lets it into the cache only if it is one.</summary>
    private async Task DownloadAsync(Uri from, CancellationToken token)
    {
        var aside = $"{ManifestPath}.{Guid.NewGuid():N}.new";
        var job = new DownloadJob
        {
            Url = new Uri(from, Manifest.FileName),
            Path = aside,
            Name = Manifest.FileName,
            MaximumBytes = Manifest.MaximumBytes,
        };
        try
        {
            await downloader.FetchAsync(job, null, token).ConfigureAwait(false);
            var bytes = await File.ReadAllBytesAsync(aside, token).ConfigureAwait(false);
            _ = Manifest.Parse(bytes, job.Url.AbsoluteUri);
            StorageErrors.Guard(ManifestPath, () => OutputFile.Publish(aside, ManifestPath));
        }
        catch (DownloadException exception)
        {
            throw new SourceException(
                exception.Failure,
                $"{exception.Message}.\n{Bring()}",
                exception
            );
        }
        finally
        {
            AtomicFile.TryDelete(aside);
            AtomicFile.TryDelete(job.PartPath);
        }
    }

    private string Bring() =>
        Advice.Bring(
            directory,
            mirror,
            request
                .Sets.Select(name => (name + SetNames.Extension, (string?)null))
                .Prepend((Manifest.FileName, null))
        );
}
