using Appliance.Sources.Packages.Archives;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;

namespace Appliance.Build;

/// <summary>What an image is made of, resolved.</summary>
/// <param name="Sets">The release's sets.</param>
/// <param name="Packages">All packages, those included that others need; none for an image of sets alone.</param>
public sealed record BuildInputs(ResolvedSets Sets, IReadOnlyList<ResolvedPackage> Packages)
{
    /// <summary>Sets alone.</summary>
    public BuildInputs(ResolvedSets sets)
        : this(sets, []) { }
}

/// <summary>Where decoded inputs are kept.</summary>
public sealed record ContentStores(LayerStore Sets, PackageStore Packages)
{
    /// <summary>The stores of a cache.</summary>
    public ContentStores(CacheLocation cache)
        : this(new LayerStore(cache), new PackageStore(cache)) { }
}
