using Appliance.Sources.Packages.Locks;
using Appliance.Sources.Packages.Repositories;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>Which packages are wanted, for which system, and where they may come from.</summary>
public sealed record PackageRequest
{
    /// <summary>The system they are for.</summary>
    public required TargetSystem System { get; init; }

    /// <summary>
    /// What is asked for: names (<c>frr10</c>), names with a version (<c>frr10-10.2.1</c>), ports (<c>net/frr10</c>), ports with
    /// a flavour (<c>devel/py-yaml@py311</c>), or patterns of these with <c>*</c> and <c>?</c>.
    /// </summary>
    public required IReadOnlyList<string> Packages { get; init; }

    /// <summary>The repositories.</summary>
    public required IReadOnlyList<PackageRepository> Repositories { get; init; }

    /// <summary>Never use the network; what is missing is an error.</summary>
    public bool Offline { get; init; }

    /// <summary>Fetch the catalogues anew even if the cache has them (for <c>lock --update</c>).</summary>
    public bool RefreshCatalogues { get; init; }

    /// <summary>The lock; without one the repositories decide, and <see cref="ResolvedPackages.ToLock"/> pins what they said.</summary>
    public PackagesLock? Lock { get; init; }
}

/// <summary>All packages that are to be installed, dependencies included, ordered by name.</summary>
/// <param name="Abi">What the image runs, e.g. <c>FreeBSD:15:amd64</c>.</param>
/// <param name="Requests">What was asked for.</param>
/// <param name="Packages">The packages; <see cref="PackageOrder"/> says in which order they are installed.</param>
/// <param name="Warnings">What the user should know, one sentence each.</param>
/// <param name="Pinned">Whether a lock demanded the digests; otherwise the repositories did.</param>
public sealed record ResolvedPackages(
    string Abi,
    IReadOnlyList<string> Requests,
    IReadOnlyList<ResolvedPackage> Packages,
    IReadOnlyList<string> Warnings,
    bool Pinned
)
{
    /// <summary>The lock that pins exactly these packages.</summary>
    /// <exception cref="SourceException">A package was not fetched yet, so its digest is not known.</exception>
    public PackagesLock ToLock() =>
        new(
            Requests,
            [
                .. Packages.Select(package => new LockedPackage(
                    package.Name,
                    package.Version,
                    package.Origin,
                    package.Abi,
                    package.Repository,
                    package.RepositoryPath,
                    package.Size,
                    package.Sha256
                        ?? throw new SourceException(
                            SourceFailure.Missing,
                            $"the digest of {package.FullName} is not known, so it cannot be pinned: fetch the packages first"
                        ),
                    package.IsAutomatic
                )),
            ]
        );
}
