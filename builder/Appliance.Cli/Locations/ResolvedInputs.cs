using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Locations;

/// <summary>What a profile's image is made of, as far as it is known.</summary>
/// <param name="Sets">The sets; none where the base system is made of packages.</param>
/// <param name="Packages">All packages; null where there are none, or while they are not known.</param>
internal sealed record ResolvedInputs(ResolvedSets Sets, ResolvedPackages? Packages)
{
    /// <summary>False while the sets, which say whom to trust, are not on this machine.</summary>
    public bool PackagesAreKnown { get; init; } = true;

    /// <summary>Whether everything is on this machine.</summary>
    public bool IsComplete =>
        PackagesAreKnown
        && Sets.Sets.All(set => set.State == SetState.Cached)
        && Packages?.Packages.Any(package => package.State == PackageState.Missing) != true;
}
