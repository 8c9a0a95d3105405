using Appliance.Build.Packages.Scripts;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Packages.Resolution;

namespace Appliance.Build.Packages.Installation;

/// <summary>A package that is in the tree.</summary>
/// <param name="Package">Which one, and where it came from.</param>
/// <param name="Manifest">What it says of itself.</param>
/// <param name="Scripts">What became of the scripts of its installation.</param>
public sealed record InstalledPackage(
    ResolvedPackage Package,
    PackageManifest Manifest,
    IReadOnlyList<ScriptDecision> Scripts
);
