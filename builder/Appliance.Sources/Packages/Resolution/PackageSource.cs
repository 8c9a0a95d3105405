using Appliance.Sources.Downloads;
using Appliance.Sources.Packages.Locks;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Sets;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>Finds packages: by a lock, or by the catalogues of repositories; in a folder, in the cache, or on a mirror.</summary>
public sealed class PackageSource
{
    private const int MostNamed = 20;
    private readonly CacheLocation cache;
    private readonly Downloader downloader;

    /// <summary>Creates a source over a cache and the network.</summary>
    public PackageSource(CacheLocation cache, Downloader downloader)
    {
        this.cache = cache;
        this.downloader = downloader;
    }

    /// <summary>
    /// Says which packages have to be installed, with which digests, and whether they are on this machine. With a lock no
    /// catalogue is read and no network used; without one the catalogues are fetched where the cache has none, and
    /// verified. No package is fetched.
    /// </summary>
    /// <exception cref="SourceException">
    /// The request or the lock is wrong, a repository is out of reach or not trusted, or the packages cannot be installed
    /// together.
    /// </exception>
    public async Task<ResolvedPackages> ResolveAsync(
        PackageRequest request,
        IProgress<SourceProgress>? progress = null,
        CancellationToken token = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        var places = Places(request);
        var resolved = request.Lock is { } pins
            ? FromLock(request, pins, places)
            : await FromCataloguesAsync(request, places, progress, token).ConfigureAwait(false);
        RequireAllWithoutNetwork(resolved, places);
        return resolved;
    }

    /// <summary>
    /// Downloads what is missing, several files at once, verifies what nothing pins yet, and returns the same packages, all
    /// of them cached and with their digests.
    /// </summary>
    /// <exception cref="SourceException">A package is out of reach, or is not what it has to be.</exception>
    public async Task<ResolvedPackages> FetchAsync(
        ResolvedPackages packages,
        IProgress<SourceProgress>? progress = null,
        CancellationToken token = default
    )
    {
        ArgumentNullException.ThrowIfNull(packages);
        var fetched = packages.Packages.ToArray();
        var fetcher = new PackageFetcher(cache, downloader, progress);
        var options = new ParallelOptions
        {
            CancellationToken = token,
            MaxDegreeOfParallelism = Math.Max(1, downloader.Options.Parallel),
        };
        await Parallel
            .ForAsync(
                0,
                fetched.Length,
                options,
                async (index, stop) =>
                    fetched[index] = await fetcher
                        .FetchAsync(fetched[index], stop)
                        .ConfigureAwait(false)
            )
            .ConfigureAwait(false);
        return packages with { Packages = fetched };
    }

    private Dictionary<string, RepositoryPlace> Places(PackageRequest request)
    {
        var places = new Dictionary<string, RepositoryPlace>(StringComparer.Ordinal);
        foreach (var repository in request.Repositories)
        {
            var place = RepositoryPlace.Of(repository, request.System, cache, request.Offline);
            if (!places.TryAdd(repository.Name, place))
            {
                throw new SourceException(
                    SourceFailure.BadRequest,
                    $"there are two repositories with the name {repository.Name}"
                );
            }
        }

        return places;
    }

    /// <summary>
    /// Names that no catalogue on this machine has, each with what is wrong; null where a catalogue is not on this machine, so
    /// that nothing can be said. Only names are read: catalogues are not verified here, and nothing of them is used.
    /// </summary>
    public async Task<IReadOnlyList<(string Request, string Message)>?> UnknownAsync(
        PackageRequest request,
        CancellationToken token = default
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            var indexes = new List<PackageIndex>();
            foreach (var repository in request.Repositories)
            {
                var place = RepositoryPlace.Of(
                    repository with
                    {
                        Signature = SignaturePolicy.UnsignedIAcceptAnything,
                    },
                    request.System,
                    cache,
                    isOffline: true
                );
                indexes.Add(
                    await new CatalogueSource(place, isRefreshed: false, downloader, null)
                        .LoadAsync(token)
                        .ConfigureAwait(false)
                );
            }

            var matcher = new RequestMatcher(new PackageUniverse(indexes, request.System));
            var unknown = new List<(string, string)>();
            foreach (var wanted in request.Packages)
            {
                matcher.Match(wanted, out var wrong);
                if (wrong is not null)
                {
                    unknown.Add((wanted, wrong));
                }
            }

            return unknown;
        }
        catch (SourceException)
        {
            return null;
        }
    }

    private static ResolvedPackages FromLock(
        PackageRequest request,
        PackagesLock pins,
        Dictionary<string, RepositoryPlace> places
    )
    {
        if (!pins.IsFor(request.Packages))
        {
            throw new SourceException(
                SourceFailure.Mismatch,
                $"the lock was made for the packages {Listed(pins.Requests)}, but {Listed(request.Packages)} are wanted. "
                    + "Renew it with `appliance lock --update`"
            );
        }

        return new ResolvedPackages(
            request.System.Abi,
            request.Packages,
            [
                .. pins
                    .Packages.OrderBy(pinned => pinned.Name, StringComparer.Ordinal)
                    .Select(pinned => Pinned(pinned, request.System, places)),
            ],
            [],
            Pinned: true
        );
    }

    private static ResolvedPackage Pinned(
        LockedPackage pinned,
        TargetSystem system,
        Dictionary<string, RepositoryPlace> places
    )
    {
        if (!places.TryGetValue(pinned.Repository, out var place))
        {
            throw new SourceException(
                SourceFailure.Mismatch,
                $"the lock has {pinned.Name} from the repository {pinned.Repository}, which is not named any more. "
                    + "Renew it with `appliance lock --update`"
            );
        }

        if (!system.Accepts(pinned.Abi))
        {
            throw new SourceException(
                SourceFailure.Mismatch,
                $"the lock has {pinned.Name} for {pinned.Abi}, but the image is {system.Abi}. "
                    + "Renew it with `appliance lock --update`"
            );
        }

        return Located(
            place,
            new ResolvedPackage
            {
                Name = pinned.Name,
                Version = pinned.Version,
                Origin = pinned.Origin,
                Abi = pinned.Abi,
                Repository = pinned.Repository,
                RepositoryPath = pinned.Path,
                Size = pinned.Size,
                Sha256 = pinned.Sha256,
                IsAutomatic = pinned.Automatic,
                Path = place.PathOf(pinned.Path),
                Url = place.UrlOf(pinned.Path),
                State = PackageState.Missing,
            }
        );
    }

    private async Task<ResolvedPackages> FromCataloguesAsync(
        PackageRequest request,
        Dictionary<string, RepositoryPlace> places,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        var indexes = new List<PackageIndex>();
        foreach (var repository in request.Repositories)
        {
            var source = new CatalogueSource(
                places[repository.Name],
                request.RefreshCatalogues,
                downloader,
                progress
            );
            indexes.Add(await source.LoadAsync(token).ConfigureAwait(false));
        }

        var (choices, warnings) = new PackageResolver(indexes, request.System).Resolve(
            request.Packages
        );
        return new ResolvedPackages(
            request.System.Abi,
            request.Packages,
            [.. choices.Select(choice => Found(choice, places))],
            [.. Unsigned(request.Repositories), .. warnings],
            Pinned: false
        );
    }

    private static ResolvedPackage Found(Choice choice, Dictionary<string, RepositoryPlace> places)
    {
        var package = choice.Package;
        var place = places[choice.Candidate.Repository.Name];
        if (!PackageSum.IsKnown(package.Sum) || package.Size > place.Repository.Limits.PackageBytes)
        {
            throw new SourceException(
                SourceFailure.Malformed,
                $"the repository {place.Repository.Name} has {package.FullName} with {package.Size} bytes and the digest "
                    + $"\"{PackageNames.Shown(package.Sum)}\", which cannot be"
            );
        }

        return Located(
            place,
            new ResolvedPackage
            {
                Name = package.Name,
                Version = package.Version,
                Origin = package.Origin,
                Abi = package.Abi,
                Repository = place.Repository.Name,
                RepositoryPath = package.Path,
                Size = package.Size,
                Sum = package.Sum,
                IsAutomatic = choice.IsAutomatic,
                Path = place.PathOf(package.Path),
                Url = place.UrlOf(package.Path),
                State = PackageState.Missing,
            }
        );
    }

    /// <summary>A file of another size is certainly another one; what is right takes its place only when it is complete.</summary>
    private static ResolvedPackage Located(RepositoryPlace place, ResolvedPackage package)
    {
        var file = new FileInfo(package.Path);
        var isHere = file.Exists && (file.Length == package.Size || place.Url is null);
        return isHere ? package with { State = PackageState.Cached } : package;
    }

    private static void RequireAllWithoutNetwork(
        ResolvedPackages resolved,
        Dictionary<string, RepositoryPlace> places
    )
    {
        var missing = resolved
            .Packages.Where(package => package.State == PackageState.Missing && package.Url is null)
            .ToList();
        if (missing.Count > 0)
        {
            var place = places[missing[0].Repository];
            throw new SourceException(
                SourceFailure.Missing,
                $"{Some(missing, package => package.FullName)}: not in {place.Directory}, and no network is to be used. "
                    + place.Advice(Some(missing, package => package.RepositoryPath))
            );
        }
    }

    private static string Some(
        List<ResolvedPackage> packages,
        Func<ResolvedPackage, string> text
    ) =>
        string.Join(", ", packages.Take(MostNamed).Select(text))
        + (packages.Count > MostNamed ? $" and {packages.Count - MostNamed} more" : "");

    private static IEnumerable<string> Unsigned(IEnumerable<PackageRepository> repositories) =>
        repositories
            .Where(repository => repository.Signature is UnsignedPolicy)
            .Select(repository =>
                $"the repository {repository.Name} is not verified: whoever controls it, or the way to it, controls the image"
            );

    private static string Listed(IReadOnlyList<string> names) =>
        names.Count == 0 ? "(none)" : string.Join(", ", names.Order(StringComparer.Ordinal));
}
