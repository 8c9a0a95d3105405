using Appliance.Sources.Packages.Versions;

namespace Appliance.Sources.Packages.Repositories;

/// <summary>The packages of a repository whose catalogue was verified, by name and by what they bring.</summary>
internal sealed class PackageIndex
{
    private readonly Dictionary<string, List<IndexedPackage>> byName;
    private readonly Lazy<ILookup<string, IndexedPackage>> byLibrary;
    private readonly Lazy<ILookup<string, IndexedPackage>> byFeature;

    public PackageIndex(PackageRepository repository, IReadOnlyList<IndexedPackage> packages)
    {
        Repository = repository;
        Packages = packages;
        byName = new(packages.Count, StringComparer.Ordinal);
        foreach (var package in packages)
        {
            if (!byName.TryGetValue(package.Name, out var versions))
            {
                byName[package.Name] = versions = new List<IndexedPackage>(1);
            }

            versions.Add(package);
        }

        foreach (var versions in byName.Values)
        {
            versions.Sort(NewestFirst);
        }

        byLibrary = new(() => Lookup(package => package.LibrariesProvided));
        byFeature = new(() => Lookup(package => package.Provides));
    }

    public PackageRepository Repository { get; }

    public IReadOnlyList<IndexedPackage> Packages { get; }

    /// <summary>All versions of a package, the newest first.</summary>
    public IReadOnlyList<IndexedPackage> Versions(string name) =>
        byName.TryGetValue(name, out var versions) ? versions : [];

    public IEnumerable<IndexedPackage> ProvidersOfLibrary(string name) => byLibrary.Value[name];

    public IEnumerable<IndexedPackage> ProvidersOfFeature(string name) => byFeature.Value[name];

    private ILookup<string, IndexedPackage> Lookup(Func<IndexedPackage, string[]> names) =>
        Packages
            .SelectMany(package => names(package).Select(name => (Name: name, Package: package)))
            .ToLookup(pair => pair.Name, pair => pair.Package, StringComparer.Ordinal);

    private static int NewestFirst(IndexedPackage left, IndexedPackage right)
    {
        var order = PackageVersion.Compare(right.Version, left.Version);
        return order != 0 ? order : string.CompareOrdinal(left.Path, right.Path);
    }
}
