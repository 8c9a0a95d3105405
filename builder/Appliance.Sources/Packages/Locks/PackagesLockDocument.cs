using System.Text.Json.Serialization;
using Appliance.Sources.Sets;

namespace Appliance.Sources.Packages.Locks;

/// <summary>The packages as they stand in a lock file: ordered by name.</summary>
internal sealed record PackagesLockDocument(
    [property: JsonRequired] IReadOnlyList<string> Requests,
    [property: JsonRequired] IReadOnlyList<LockedPackageDocument> Pinned
)
{
    public static PackagesLockDocument? From(PackagesLock? pins) =>
        pins is null
            ? null
            : new PackagesLockDocument(
                [.. pins.Requests.Order(StringComparer.Ordinal)],
                [
                    .. pins
                        .Packages.OrderBy(package => package.Name, StringComparer.Ordinal)
                        .Select(LockedPackageDocument.From),
                ]
            );

    /// <summary>The lock, or what is wrong with it.</summary>
    public (PackagesLock? Lock, string? Wrong) ToLock()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var package in Pinned)
        {
            var wrong = package is null ? "a package is null" : package.Wrong();
            if (wrong is null && !names.Add(package!.Name))
            {
                wrong = $"the package {package.Name} is pinned twice";
            }

            if (wrong is not null)
            {
                return (null, wrong);
            }
        }

        return (
            new PackagesLock(Requests, [.. Pinned.Select(package => package.ToPackage())]),
            null
        );
    }
}

/// <summary>One package as it stands in a lock file.</summary>
internal sealed record LockedPackageDocument(
    [property: JsonRequired] string Name,
    [property: JsonRequired] string Version,
    [property: JsonRequired] string Origin,
    [property: JsonRequired] string Abi,
    [property: JsonRequired] string Repository,
    [property: JsonRequired] string Path,
    [property: JsonRequired] long Size,
    [property: JsonRequired] string Sha256,
    bool Automatic
)
{
    public static LockedPackageDocument From(LockedPackage package) =>
        new(
            package.Name,
            package.Version,
            package.Origin,
            package.Abi,
            package.Repository,
            package.Path,
            package.Size,
            package.Sha256,
            package.Automatic
        );

    public LockedPackage ToPackage() =>
        new(Name, Version, Origin, Abi, Repository, Path, Size, Sha256, Automatic);

    public string? Wrong() =>
        !PackageNames.IsName(Name) ? $"\"{PackageNames.Shown(Name)}\" is no name of a package"
        : !PackageNames.IsVersion(Version) ? $"the version of the package {Name} is none"
        : !PackageNames.IsDirectoryName(Repository)
            ? $"the repository of the package {Name} is none"
        : !PackageNames.IsRepositoryPath(Path)
            ? $"the path of the package {Name} is \"{PackageNames.Shown(Path)}\""
        : Size <= 0 ? $"the size of the package {Name} is {Size}"
        : !SetNames.IsSha256(Sha256)
            ? $"the digest of the package {Name} is not 64 lowercase hexadecimal digits"
        : null;
}
