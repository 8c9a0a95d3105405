using Appliance.Files;
using Appliance.Sources.Archives;
using Appliance.Sources.Downloads;
using Appliance.Sources.Files;

namespace Appliance.Sources.Packages.Repositories;

/// <summary>
/// Gets the catalogue of a repository: from its folder on this machine, or from the repository, and then into the folder,
/// but only what was verified.
/// </summary>
internal sealed class CatalogueSource(
    RepositoryPlace place,
    bool isRefreshed,
    Downloader downloader,
    IProgress<SourceProgress>? progress
)
{
    private const string OldMetaArchive = "meta.txz";
    private const string OldMeta = "meta";
    private const string WholeRepository =
        "the repository's meta.conf, its data.pkg or packagesite.pkg, and the packages";

    private bool IsFetched => place.Url is not null && isRefreshed;

    /// <exception cref="SourceException">It is out of reach, not signed as it has to be, or damaged.</exception>
    public async Task<PackageIndex> LoadAsync(CancellationToken token)
    {
        var meta = await MetaAsync(token).ConfigureAwait(false);
        var archives = Archives(meta);
        if (!IsFetched && archives.Find(IsHere) is { Name: not null } here)
        {
            return Load(place.PathOf(here.Name), here, meta, token);
        }

        if (place.Url is not null)
        {
            foreach (var archive in archives)
            {
                if (
                    await FetchAsync(
                            archive.Name,
                            place.Repository.Limits.ArchiveBytes,
                            path => Load(path, archive, meta, token),
                            token
                        )
                        .ConfigureAwait(false) is
                    { } index
                )
                {
                    return index;
                }
            }
        }

        throw new SourceException(
            place.Url is null ? SourceFailure.Missing : SourceFailure.Unavailable,
            $"the repository {place.Repository.Name} has no catalogue in {place.Directory}"
                + (
                    place.Url is null
                        ? ", and no network is to be used"
                        : $" and none at {place.Url}"
                )
                + $". {place.Advice($"{RepositoryMeta.FileName} and {archives[0].Name}")}"
        );
    }

    private static List<(string Name, string Member, CatalogueForm Form)> Archives(
        RepositoryMeta meta
    ) =>
        [
            .. meta.ArchivesOf(meta.Data).Select(name => (name, meta.Data, CatalogueForm.Data)),
            .. meta.ArchivesOf(meta.Manifests)
                .Select(name => (name, meta.Manifests, CatalogueForm.Lines)),
        ];

    private bool IsHere((string Name, string Member, CatalogueForm Form) archive) =>
        File.Exists(place.PathOf(archive.Name));

    private async Task<RepositoryMeta> MetaAsync(CancellationToken token)
    {
        foreach (var name in new[] { RepositoryMeta.FileName, OldMetaArchive })
        {
            if (!IsFetched && File.Exists(place.PathOf(name)))
            {
                return LoadMeta(place.PathOf(name), token);
            }
        }

        var isHere = !IsFetched && Archives(RepositoryMeta.Default).Exists(IsHere);
        foreach (var name in new[] { RepositoryMeta.FileName, OldMetaArchive })
        {
            if (
                place.Url is not null
                && !isHere
                && await FetchAsync(
                        name,
                        RepositoryMeta.MaximumBytes,
                        path => LoadMeta(path, token),
                        token
                    )
                    .ConfigureAwait(false)
                    is { } meta
            )
            {
                return meta;
            }
        }

        return RepositoryMeta.Default;
    }

    private RepositoryMeta LoadMeta(string path, CancellationToken token) =>
        Named(
            path,
            () =>
            {
                using var file = File.OpenHandle(path);
                if (Compression.KindOf(file) == CompressionKind.None)
                {
                    return RepositoryMeta.Parse(ReadAll(path));
                }

                var limits = place.Repository.Limits with
                {
                    CatalogueBytes = 2 * RepositoryMeta.MaximumBytes,
                };
                var archive = new CatalogueArchive(
                    file,
                    OldMeta,
                    limits,
                    place.Repository.Signature,
                    RepositoryMeta.Default.Keys
                );
                return archive.Read(
                    content =>
                    {
                        using var bytes = new MemoryStream();
                        content.CopyTo(bytes);
                        return RepositoryMeta.Parse(bytes.ToArray());
                    },
                    token
                );
            }
        );

    private static byte[] ReadAll(string path) =>
        new FileInfo(path).Length <= RepositoryMeta.MaximumBytes
            ? File.ReadAllBytes(path)
            : throw new ArchiveException($"it is larger than {RepositoryMeta.MaximumBytes} bytes");

    private PackageIndex Load(
        string path,
        (string Name, string Member, CatalogueForm Form) archive,
        RepositoryMeta meta,
        CancellationToken token
    ) =>
        Named(
            path,
            () =>
            {
                var limits = place.Repository.Limits;
                using var file = File.OpenHandle(path);
                var length = RandomAccess.GetLength(file);
                if (length > limits.ArchiveBytes)
                {
                    throw new ArchiveException(
                        $"it has {length} bytes; {limits.ArchiveBytes} are allowed"
                    );
                }

                progress?.Report(new SourceProgress(SourceStage.Verify, archive.Name, 0, length));
                var packages = new CatalogueArchive(
                    file,
                    archive.Member,
                    limits,
                    place.Repository.Signature,
                    meta.Keys
                ).Read(
                    content => new CatalogueReader(archive.Form, limits).Read(content, token),
                    token
                );
                progress?.Report(
                    new SourceProgress(SourceStage.Verify, archive.Name, length, length)
                );
                return new PackageIndex(place.Repository, packages);
            }
        );

    /// <summary>Puts the name of the repository and of the file in front of what is wrong with it.</summary>
    private T Named<T>(string path, Func<T> work)
    {
        try
        {
            return StorageErrors.Guard(path, work);
        }
        catch (ArchiveException exception)
        {
            throw new SourceException(
                SourceFailure.Malformed,
                $"the repository {place.Repository.Name}, {Shown(path)}: {exception.Message}. "
                    + "Fetch it again with `appliance lock --update`, or choose another mirror",
                exception
            );
        }
        catch (SourceException exception) when (exception.Failure == SourceFailure.Untrusted)
        {
            throw new SourceException(
                exception.Failure,
                $"the repository {place.Repository.Name}, {Shown(path)}: {exception.Message}. Nothing of it was used",
                exception
            );
        }
    }

    /// <summary>A file that is being fetched is known by its URL.</summary>
    private string Shown(string path) =>
        path.EndsWith(AsideSuffix, StringComparison.Ordinal)
            ? place.UrlOf(Path.GetFileName(path).Split(AsideMark)[0])!.AbsoluteUri
            : path;

    private const string AsideMark = ".fetch-";
    private const string AsideSuffix = ".new";

    /// <summary>Fetches a file aside, lets <paramref name="load"/> verify it, and then into the folder; null where there is none.</summary>
    private async Task<T?> FetchAsync<T>(
        string name,
        long maximum,
        Func<string, T> load,
        CancellationToken token
    )
        where T : class
    {
        var path = place.PathOf(name);
        var job = new DownloadJob
        {
            Url = place.UrlOf(name)!,
            Path = $"{path}{AsideMark}{Guid.NewGuid():N}{AsideSuffix}",
            Name = name,
            MaximumBytes = maximum,
        };
        try
        {
            await downloader.FetchAsync(job, progress, token).ConfigureAwait(false);
            var loaded = load(job.Path);
            StorageErrors.Guard(path, () => OutputFile.Publish(job.Path, path));
            return loaded;
        }
        catch (DownloadException exception) when (exception.IsAbsent)
        {
            return null;
        }
        catch (DownloadException exception)
        {
            throw new SourceException(
                exception.Failure,
                $"the repository {place.Repository.Name}: {exception.Message}. {place.Advice(WholeRepository)}",
                exception
            );
        }
        finally
        {
            AtomicFile.TryDelete(job.Path);
            AtomicFile.TryDelete(job.PartPath);
        }
    }
}
