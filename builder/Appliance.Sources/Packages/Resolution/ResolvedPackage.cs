namespace Appliance.Sources.Packages.Resolution;

/// <summary>Whether a package is on this machine.</summary>
public enum PackageState
{
    /// <summary>It has to be downloaded from <see cref="ResolvedPackage.Url"/>, or brought.</summary>
    Missing,

    /// <summary>It lies at <see cref="ResolvedPackage.Path"/>; its digest is verified when it is decoded.</summary>
    Cached,
}

/// <summary>One package that is to be installed, with its digest and its place.</summary>
public sealed record ResolvedPackage
{
    /// <summary>Its name, e.g. <c>frr10</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its version with revision and epoch.</summary>
    public required string Version { get; init; }

    /// <summary>The port it was built from.</summary>
    public required string Origin { get; init; }

    /// <summary>What it runs on, e.g. <c>FreeBSD:15:amd64</c> or <c>FreeBSD:15:*</c>.</summary>
    public required string Abi { get; init; }

    /// <summary>The name of the repository it comes from.</summary>
    public required string Repository { get; init; }

    /// <summary>Where it lies below that repository, e.g. <c>All/frr10-10.2.1.pkg</c>.</summary>
    public required string RepositoryPath { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The digest that the repository demands, see <see cref="PackageSum"/>; null where a lock demands <see cref="Sha256"/>.</summary>
    public string? Sum { get; init; }

    /// <summary>
    /// The digest of the package file, 64 lowercase hexadecimal digits: from the lock; or, without one, of the file that
    /// was compared with <see cref="Sum"/>, and null until it is on this machine.
    /// </summary>
    public string? Sha256 { get; init; }

    /// <summary>Whether nobody asked for it: it is here because another package needs it.</summary>
    public required bool IsAutomatic { get; init; }

    /// <summary>Where it lies, or will lie after the download.</summary>
    public required string Path { get; init; }

    /// <summary>Where it comes from; null where no network may be used.</summary>
    public Uri? Url { get; init; }

    /// <summary>Whether it is on this machine.</summary>
    public required PackageState State { get; init; }

    /// <summary>Name and version as pkg shows them, e.g. <c>frr10-10.2.1</c>.</summary>
    public string FullName => $"{Name}-{Version}";

    /// <summary>The name of its file.</summary>
    public string FileName => RepositoryPath[(RepositoryPath.LastIndexOf('/') + 1)..];
}
