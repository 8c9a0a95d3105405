using Appliance.Sources.Packages.Signatures;

namespace Appliance.Sources.Packages.Repositories;

/// <summary>A repository that packages may come from.</summary>
public sealed record PackageRepository
{
    /// <summary>Its name, e.g. <c>latest</c>; it stands in the lock and in pkg's database.</summary>
    public required string Name { get; init; }

    /// <summary>
    /// Where it is: http, https or file; <c>pkg+</c> in front of it is dropped. Of pkg.conf(5)'s variables <c>${ABI}</c>,
    /// <c>${VERSION_MAJOR}</c>, <c>${VERSION_MINOR}</c>, <c>${RELEASE}</c> and <c>${ARCH}</c> are known. Null for one that only lies on this machine.
    /// </summary>
    public string? Url { get; init; }

    /// <summary>A folder that holds the whole repository; then no network is used and nothing is written there.</summary>
    public string? Directory { get; init; }

    /// <summary>How it proves that it is the one that is meant.</summary>
    public required SignaturePolicy Signature { get; init; }

    /// <summary>Where several have a package, the highest wins; then the newest version.</summary>
    public int Priority { get; init; }

    /// <summary>Bounds on what it may send.</summary>
    public RepositoryLimits Limits { get; init; } = new();
}

/// <summary>Bounds on what a repository may send; FreeBSD's own have 35,000 packages in 60 MB.</summary>
public sealed record RepositoryLimits
{
    /// <summary>The largest packed catalogue, in bytes.</summary>
    public long ArchiveBytes { get; init; } = 256L << 20;

    /// <summary>The largest catalogue when unpacked, in bytes.</summary>
    public long CatalogueBytes { get; init; } = 512L << 20;

    /// <summary>The largest manifest of one package in a catalogue, in bytes.</summary>
    public int ManifestBytes { get; init; } = 16 << 20;

    /// <summary>The most packages.</summary>
    public int Packages { get; init; } = 500_000;

    /// <summary>The largest package, in bytes.</summary>
    public long PackageBytes { get; init; } = 8L << 30;
}
