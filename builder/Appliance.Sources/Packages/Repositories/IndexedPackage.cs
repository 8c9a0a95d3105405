namespace Appliance.Sources.Packages.Repositories;

/// <summary>What resolving has to know of a package; the rest of its manifest is in the package.</summary>
internal sealed record IndexedPackage
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    public required string Origin { get; init; }

    public required string Abi { get; init; }

    /// <summary>Where it lies below the repository.</summary>
    public required string Path { get; init; }

    /// <summary>The digest of its file in pkg's spelling.</summary>
    public required string Sum { get; init; }

    /// <summary>Bytes of its file.</summary>
    public required long Size { get; init; }

    /// <summary>The value of its annotation <c>flavor</c>.</summary>
    public string? Flavor { get; init; }

    /// <summary>The value of its annotation <c>FreeBSD_version</c>.</summary>
    public string? OsVersion { get; init; }

    public string[] Categories { get; init; } = [];

    /// <summary>Names of packages it needs.</summary>
    public string[] Dependencies { get; init; } = [];

    public string[] LibrariesRequired { get; init; } = [];

    public string[] LibrariesProvided { get; init; } = [];

    public string[] Requires { get; init; } = [];

    public string[] Provides { get; init; } = [];

    public string[] Conflicts { get; init; } = [];

    public string FullName => $"{Name}-{Version}";
}
