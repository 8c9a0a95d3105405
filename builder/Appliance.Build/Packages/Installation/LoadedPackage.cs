using Appliance.Sources.Packages.Archives;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Store;

namespace Appliance.Build.Packages.Installation;

/// <summary>A decoded package with its content open.</summary>
internal sealed record LoadedPackage(PackageLayer Content, LayerPayload Payload)
{
    public ResolvedPackage Package => Content.Package;

    public PackageManifest Manifest => Content.Manifest;

    /// <summary>The origin of its files in the tree; a set or an overlay has no such name.</summary>
    public string Origin => Package.FullName;
}
