using Appliance.Sources.Packages.Manifests;

namespace Appliance.Build.Bills;

/// <summary>Kinds of what an image is made of.</summary>
public enum ComponentKind
{
    /// <summary>FreeBSD's user land: the set "base".</summary>
    OperatingSystem,

    /// <summary>FreeBSD's kernel: the set "kernel".</summary>
    Kernel,

    /// <summary>Any other set of the release.</summary>
    Set,

    /// <summary>A package.</summary>
    Package,

    /// <summary>The first-boot service.</summary>
    Service,
}

/// <summary>Licences of a component, by the names that its maker gives them.</summary>
/// <param name="Names">As FreeBSD's ports write them, "GPLv2", or SPDX names.</param>
/// <param name="Logic">How they belong together.</param>
public sealed record ComponentLicenses(IReadOnlyList<string> Names, LicenseLogic Logic);

/// <summary>One thing that an image is made of.</summary>
public sealed record BillComponent
{
    public required ComponentKind Kind { get; init; }

    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>One line that says what it is.</summary>
    public string Description { get; init; } = "";

    /// <summary>"net/frr10", or null.</summary>
    public string? Origin { get; init; }

    /// <summary>The repository or the file it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>False for a set that is not as FreeBSD published it; null for what FreeBSD does not publish as sets.</summary>
    public bool? IsOfficial { get; init; }

    /// <summary>Of the file that was verified: 64 hexadecimal digits; null while it is not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Bytes of that file.</summary>
    public long? Size { get; init; }

    public required ComponentLicenses Licenses { get; init; }

    /// <summary>Common Platform Enumeration 2.3, or null.</summary>
    public string? Cpe { get; init; }

    /// <summary>Its home page, or null.</summary>
    public string? HomePage { get; init; }

    /// <summary>Names of the packages it needs.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>
    /// Package URL. There is no registered type for FreeBSD's packages, so it is a generic one (package-url/purl-spec).
    /// </summary>
    public string PackageUrl =>
        $"pkg:generic/FreeBSD/{Uri.EscapeDataString(Name)}@{Uri.EscapeDataString(Version)}"
        + (Sha256 is null ? "" : $"?checksum=sha256:{Sha256}");
}

/// <summary>All that one site's image is made of.</summary>
/// <param name="Site">The site.</param>
/// <param name="Network">Its network.</param>
/// <param name="Release">FreeBSD's release, "…-RELEASE", with its patch level where that is known.</param>
/// <param name="Architecture">"amd64".</param>
/// <param name="Components">Sets, then packages by name, then the service.</param>
public sealed record BillOfMaterials(
    string Site,
    string Network,
    string Release,
    string Architecture,
    IReadOnlyList<BillComponent> Components
);
