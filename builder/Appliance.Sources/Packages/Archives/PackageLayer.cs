using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Store;

namespace Appliance.Sources.Packages.Archives;

/// <summary>A decoded package.</summary>
/// <param name="Package">The package.</param>
/// <param name="Manifest">Its <c>+MANIFEST</c>; every file of it is in the layer, with the right digest.</param>
/// <param name="Layer">
/// Its files, links and directories, without its manifests. Owners, modes and flags are those of the archive, which pkg
/// takes too; for the time of a file pkg prefers <see cref="PackageFile.ModifiedSeconds"/>.
/// </param>
public sealed record PackageLayer(ResolvedPackage Package, PackageManifest Manifest, Layer Layer);
