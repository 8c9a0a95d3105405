using Appliance.Rendering.Documents;
using Appliance.Sources.Packages;
using Appliance.Sources.Packages.Archives;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Sets;

namespace Appliance.Build.Bills;

/// <summary>Lists what an image is made of, from the inputs it is built of and from what the packages say of themselves.</summary>
public static class BillWriter
{
    private static readonly ComponentLicenses BaseLicense = new(["BSD-2-Clause"], LicenseLogic.One);

    /// <summary>The bill of a site's image.</summary>
    /// <param name="document">The site.</param>
    /// <param name="sets">The release's sets.</param>
    /// <param name="packages">All packages of the image.</param>
    /// <param name="service">Version and digest of the first-boot service.</param>
    public static BillOfMaterials Write(
        SiteDocument document,
        ResolvedSets sets,
        IReadOnlyList<PackageLayer> packages,
        (string Version, string Sha256) service
    ) =>
        new(
            document.Site,
            document.Network,
            System(sets, packages),
            sets.Architecture,
            [
                .. sets.Sets.Select(set => OfSet(sets.Release, set)),
                .. packages
                    .OrderBy(package => package.Manifest.Name, StringComparer.Ordinal)
                    .Select(OfPackage),
                OfService(service.Version, service.Sha256),
            ]
        );

    /// <summary>The release, with its patch level where the base is made of packages.</summary>
    private static string System(ResolvedSets sets, IReadOnlyList<PackageLayer> packages) =>
        sets.Sets.Count > 0
            ? sets.Release
            : BaseVersion
                .OfPackages(
                    sets.Release,
                    packages.Select(package => (package.Manifest.Name, package.Manifest.Version))
                )
                ?.ToString()
                ?? sets.Release;

    private static BillComponent OfSet(string release, ResolvedSet set) =>
        new()
        {
            Kind = set.Name switch
            {
                "base" => ComponentKind.OperatingSystem,
                "kernel" => ComponentKind.Kernel,
                _ => ComponentKind.Set,
            },
            Name = set.Name == "base" ? "FreeBSD" : $"FreeBSD-{set.Name}",
            Version = release,
            Description = set.IsOfficial
                ? $"The set {set.FileName} of FreeBSD {release}"
                : $"A set {set.FileName} called {release}, accepted by hand: not as FreeBSD published it",
            IsOfficial = set.IsOfficial,
            Source = set.Url?.ToString() ?? set.FileName,
            Sha256 = set.Sha256,
            Size = set.Size,
            Licenses = BaseLicense,
            // Whose bugs a system has that somebody built himself, nobody has published.
            Cpe = set.IsOfficial
                ? $"cpe:2.3:o:freebsd:freebsd:{release.Split('-')[0]}:{Update(release)}:*:*:*:*:*:*"
                : null,
            HomePage = "https://www.FreeBSD.org/",
        };

    /// <summary>The update part of a CPE: "p4" of "…-RELEASE-p4".</summary>
    private static string Update(string release) =>
        release.Split('-') is [_, "RELEASE", var patch] ? patch
        : release.EndsWith("-RELEASE", StringComparison.Ordinal) ? "-"
        : release[(release.IndexOf('-', StringComparison.Ordinal) + 1)..].ToLowerInvariant();

    private static BillComponent OfPackage(PackageLayer package)
    {
        var manifest = package.Manifest;
        return new BillComponent
        {
            Kind = ComponentKind.Package,
            Name = manifest.Name,
            Version = manifest.Version,
            Description = manifest.Comment,
            Origin = manifest.Origin,
            Source =
                package.Package.Url?.ToString()
                ?? $"{package.Package.Repository}/{package.Package.RepositoryPath}",
            Sha256 = package.Package.Sha256,
            Size = package.Package.Size,
            Licenses = new ComponentLicenses(manifest.Licenses, manifest.LicenseLogic),
            Cpe = manifest.Annotation("cpe"),
            HomePage = manifest.Www.Length > 0 ? manifest.Www : null,
            Needs =
            [
                .. manifest
                    .Dependencies.Select(needed => needed.Name)
                    .Order(StringComparer.Ordinal),
            ],
        };
    }

    private static BillComponent OfService(string version, string sha256) =>
        new()
        {
            Kind = ComponentKind.Service,
            Name = "appliance-firstboot",
            Version = version,
            Description = "Personalises the machine at its first boot and checks it at every boot",
            Source = "overlay",
            Sha256 = sha256,
            Licenses = BaseLicense,
        };
}
