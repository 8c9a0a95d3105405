using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Sets;

namespace Appliance.Cli.Answers;

/// <summary>Of <c>sets</c>, for one profile.</summary>
/// <param name="Directory">Where its sets lie, or will.</param>
/// <param name="Pinned">A lock file holds their digests.</param>
/// <param name="Packages">Null while nothing says which they are.</param>
internal sealed record ProfileSets(
    string Profile,
    string Release,
    string Architecture,
    string Directory,
    bool Pinned,
    IReadOnlyList<ResolvedSet> Sets,
    IReadOnlyList<ResolvedPackage>? Packages,
    bool PackagesAreKnown
);
