using Appliance.Sources.Downloads;
using Appliance.Sources.Files;

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
    public async Task<ResolvedSets> ResolveAsync(
        SetRequest request,
        CancellationToken token = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckNames(request);
        var directory = Path.GetFullPath(
            request.Directory ?? cache.SetsDirectory(request.Release, request.Architecture)
        );
        var mirror =
            request.Directory is null && !request.Offline
                ? MirrorLocation.DirectoryOf(request)
                : null;
        var demands = await new DigestSource(request, directory, mirror, downloader)
            .DemandsAsync(token)
            .ConfigureAwait(false);
        var sets = demands
            .Select(demand => Locate(demand, directory, mirror, request, token))
            .ToList();
        RequireAllWithoutNetwork(sets, directory, mirror);
        return new ResolvedSets(
            request.Release,
            request.Architecture,
            directory,
            await WithSizesAsync(sets, directory, mirror, token).ConfigureAwait(false),
            request.Lock is not null
        );
    }

    /// <summary>Downloads what is missing, several files at once, and returns the same sets, all of them cached.</summary>
    /// <exception cref="SourceException">A set is out of reach, or is not what it has to be.</exception>
    public async Task<ResolvedSets> FetchAsync(
        ResolvedSets sets,
        IProgress<SourceProgress>? progress = null,
        CancellationToken token = default
    )
    {
        ArgumentNullException.ThrowIfNull(sets);
        var fetched = sets.Sets.ToArray();
        var options = new ParallelOptions
        {
            CancellationToken = token,
            MaxDegreeOfParallelism = Math.Max(1, downloader.Options.Parallel),
        };
        try
        {
            await Parallel
                .ForAsync(
                    0,
                    fetched.Length,
                    options,
                    async (index, stop) =>
                        fetched[index] = await FetchOneAsync(sets, fetched[index], progress, stop)
                            .ConfigureAwait(false)
                )
                .ConfigureAwait(false);
        }
        catch (DownloadException exception)
        {
            throw Explain(exception, sets.Directory, sets.Sets);
        }

        return sets with
        {
            Sets = fetched,
        };
    }

    private async Task<ResolvedSet> FetchOneAsync(
        ResolvedSets sets,
        ResolvedSet set,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        if (set.State == SetState.Cached || set.Url is null)
        {
            return set;
        }

        var name = $"{sets.Release}-{sets.Architecture}-{set.FileName}.lock";
        using var held = await FileLock
            .AcquireAsync(Path.Combine(cache.LocksDirectory, name), token)
            .ConfigureAwait(false);
        if (IsRight(set, token))
        {
            // Another process was faster.
            return set with { State = SetState.Cached, Size = new FileInfo(set.Path).Length };
        }

        var job = new DownloadJob
        {
            Url = set.Url,
            Path = set.Path,
            Name = set.FileName,
            Sha256 = set.Sha256,
            Size = set.Size,
            MaximumBytes = downloader.Options.MaximumBytes,
            IsXz = true,
        };
        RemoveOtherParts(job);
        var (size, _) = await downloader.FetchAsync(job, progress, token).ConfigureAwait(false);
        return set with { State = SetState.Cached, Size = size };
    }

    private static bool IsRight(ResolvedSet set, CancellationToken token)
    {
        try
        {
            using var file = SetVerification.OpenVerified(set, null, token);
            return true;
        }
        catch (SourceException)
        {
            return false;
        }
    }

    /// <summary>Removes parts of the same file with another digest: nobody will continue them.</summary>
    private static void RemoveOtherParts(DownloadJob job)
    {
        var directory = Path.GetDirectoryName(job.Path)!;
        if (Directory.Exists(directory))
        {
            foreach (
                var part in Directory
                    .EnumerateFiles(directory, Path.GetFileName(job.Path) + ".*.part")
                    .Where(part => part != job.PartPath)
            )
            {
                AtomicFile.TryDelete(part);
            }
        }
    }

    private static ResolvedSet Locate(
        Demand demand,
        string directory,
        Uri? mirror,
        SetRequest request,
        CancellationToken token
    )
    {
        var path = Path.Combine(directory, demand.FileName);
        var url = mirror is null ? null : new Uri(mirror, demand.FileName);
        var file = new FileInfo(path);
        var set = new ResolvedSet(
            demand.Name,
            demand.FileName,
            demand.Sha256,
            demand.Size ?? (file.Exists ? file.Length : null),
            path,
            url,
            file.Exists ? SetState.Cached : SetState.Missing
        )
        {
            IsOfficial = demand.IsOfficial,
        };
        if (!file.Exists || mirror is null)
        {
            return set;
        }

        // A file that is certainly another one is fetched anew; what is right takes its place only when it is complete.
        var isOther =
            file.Length != set.Size
            || (request.RefreshManifest && request.Lock is null && !IsRight(set, token));
        return isOther ? set with { State = SetState.Missing, Size = demand.Size } : set;
    }

    private static void RequireAllWithoutNetwork(
        List<ResolvedSet> sets,
        string directory,
        Uri? mirror
    )
    {
        var missing = sets.Where(set => set.State == SetState.Missing).ToList();
        if (mirror is null && missing.Count > 0)
        {
            throw new SourceException(
                SourceFailure.Missing,
                $"{string.Join(", ", missing.Select(set => set.FileName))}: not in {directory}, and no network is to "
                    + $"be used. {Bring(directory, null, missing)}"
            );
        }
    }

    private async Task<IReadOnlyList<ResolvedSet>> WithSizesAsync(
        List<ResolvedSet> sets,
        string directory,
        Uri? mirror,
        CancellationToken token
    )
    {
        try
        {
            for (var index = 0; index < sets.Count; index++)
            {
                if (sets[index] is { Size: null, Url: { } url } set)
                {
                    var size = await downloader.SizeAsync(url, token).ConfigureAwait(false);
                    sets[index] = set with { Size = size > 0 ? size : null };
                }
            }

            return sets;
        }
        catch (DownloadException exception)
        {
            throw Explain(exception, directory, sets, mirror);
        }
    }

    private static SourceException Explain(
        DownloadException exception,
        string directory,
        IReadOnlyList<ResolvedSet> sets,
        Uri? mirror = null
    )
    {
        var missing = sets.Where(set => set.State == SetState.Missing).ToList();
        var from = mirror ?? new Uri(missing[0].Url!, ".");
        return new SourceException(
            exception.Failure,
            $"{exception.Message}.\n{Bring(directory, from, missing)}",
            exception
        );
    }

    private static string Bring(string directory, Uri? mirror, List<ResolvedSet> missing) =>
        Advice.Bring(directory, mirror, missing.Select(set => (set.FileName, (string?)set.Sha256)));

    private static void CheckNames(SetRequest request)
    {
        var wrong =
            !SetNames.IsRelease(request.Release)
                ? $"\"{request.Release}\" is no release; one is written like NUMBER.NUMBER-RELEASE"
            : !SetNames.IsArchitecture(request.Architecture)
                ? $"\"{request.Architecture}\" is no architecture; one is written like amd64"
            : request.Sets.FirstOrDefault(name => !SetNames.IsSet(name)) is { } bad
                ? $"\"{bad}\" is no name of a set; one is written like base"
            : request.Sets.Count != request.Sets.Distinct(StringComparer.Ordinal).Count()
                ? "a set is named twice"
            : request.Sets.Count == 0 ? "no set is named"
            : null;
        if (wrong is not null)
        {
            throw new SourceException(SourceFailure.BadRequest, wrong);
        }
    }
}
