using Appliance.Sources.Packages.Versions;

namespace Appliance.Sources.Packages.Locks;

/// <summary>One pinned package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version with revision and epoch.</param>
/// <param name="Origin">The port it was built from.</param>
/// <param name="Abi">What it runs on, e.g. <c>FreeBSD:15:amd64</c>.</param>
/// <param name="Repository">The name of the repository it comes from.</param>
/// <param name="Path">Where it lies below that repository.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">The digest of its file: 64 lowercase hexadecimal digits.</param>
/// <param name="Automatic">Whether nobody asked for it: another package needs it.</param>
public sealed record LockedPackage(
    string Name,
    string Version,
    string Origin,
    string Abi,
    string Repository,
    string Path,
    long Size,
    string Sha256,
    bool Automatic
);

/// <summary>
/// The packages of a profile, pinned: all of them, dependencies included, so that a build needs nothing that a
/// repository says. It is a part of the profile's lock file.
/// </summary>
/// <param name="Requests">What the profile asked for when this was written; another wish needs another lock.</param>
/// <param name="Packages">The packages.</param>
public sealed record PackagesLock(
    IReadOnlyList<string> Requests,
    IReadOnlyList<LockedPackage> Packages
)
{
    /// <summary>The pinned package of this name, or null.</summary>
    public LockedPackage? Find(string name) =>
        Packages.FirstOrDefault(package => package.Name == name);

    /// <summary>Whether the lock was written for these wishes, whatever their order.</summary>
    public bool IsFor(IEnumerable<string> requests) =>
        Requests.ToHashSet(StringComparer.Ordinal).SetEquals(requests);

    /// <summary>What changes from <paramref name="before"/> (null: there was none) to this lock, by name.</summary>
    public static IReadOnlyList<PackageChange> Changes(PackagesLock? before, PackagesLock? after)
    {
        var old = before?.Packages ?? [];
        var now = after?.Packages ?? [];
        var names = old.Concat(now).Select(package => package.Name).Distinct();
        return
        [
            .. names
                .Order(StringComparer.Ordinal)
                .Select(name => new PackageChange(name, before?.Find(name), after?.Find(name)))
                .Where(change => change.Kind != PackageChangeKind.None),
        ];
    }
}

/// <summary>In which way a pinned package changes.</summary>
public enum PackageChangeKind
{
    /// <summary>In none.</summary>
    None,

    /// <summary>It was not there before.</summary>
    Added,

    /// <summary>It is no longer there.</summary>
    Removed,

    /// <summary>Its version is newer.</summary>
    Upgraded,

    /// <summary>Its version is older.</summary>
    Downgraded,

    /// <summary>Its version is the same, its file or its place is another one.</summary>
    Rebuilt,
}

/// <summary>The change of one pinned package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Before">As it was; null where it was not there.</param>
/// <param name="After">As it is; null where it is gone.</param>
public sealed record PackageChange(string Name, LockedPackage? Before, LockedPackage? After)
{
    /// <summary>In which way it changes.</summary>
    public PackageChangeKind Kind =>
        (Before, After) switch
        {
            (null, null) => PackageChangeKind.None,
            (null, _) => PackageChangeKind.Added,
            (_, null) => PackageChangeKind.Removed,
            var (before, after) when before == after => PackageChangeKind.None,
            var (before, after) => PackageVersion.Compare(before.Version, after.Version) switch
            {
                < 0 => PackageChangeKind.Upgraded,
                > 0 => PackageChangeKind.Downgraded,
                _ => PackageChangeKind.Rebuilt,
            },
        };

    /// <summary>The change on one line.</summary>
    public override string ToString() =>
        Kind switch
        {
            PackageChangeKind.Added => $"{Name}: pinned, {Described(After!)}",
            PackageChangeKind.Removed => $"{Name}: no longer pinned",
            PackageChangeKind.None => $"{Name}: unchanged",
            PackageChangeKind.Upgraded
            or PackageChangeKind.Downgraded
            or PackageChangeKind.Rebuilt => $"{Name}: {Described(Before!)} -> {Described(After!)}",
        };

    private static string Described(LockedPackage package) =>
        $"{package.Version}, {package.Size} bytes, sha256 {package.Sha256}";
}
