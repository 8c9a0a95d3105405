using Appliance.Model.Reports;

namespace Appliance.Model.Profiles;

/// <summary>How a repository proves that it is the one that is meant (<c>signature_type</c> of pkg.conf(5)).</summary>
public enum RepositoryTrust
{
    /// <summary>It is signed with a key whose fingerprint is trusted.</summary>
    Fingerprints,

    /// <summary>It is signed with one key.</summary>
    PublicKey,

    /// <summary>Not at all.</summary>
    None,
}

/// <summary>A repository that packages come from.</summary>
public sealed record ProfileRepository
{
    /// <summary>Where FreeBSD's base system keeps the fingerprints of its package repositories.</summary>
    public const string PackageKeys = "/usr/share/keys/pkg";

    /// <summary>FreeBSD's own name of the repository that the base system's packages are in.</summary>
    public const string BaseName = "FreeBSD-base";

    public required SourceLocation At { get; init; }

    /// <summary>As pkg on the machine calls it, "FreeBSD-ports".</summary>
    public required string Name { get; init; }

    /// <summary>http, https or file, with <c>pkg+</c> before it and <c>${ABI}</c> in it as pkg.conf(5) has them.</summary>
    public Located<string>? Url { get; init; }

    /// <summary>A folder of the building machine instead, relative to that of the profile.</summary>
    public Located<string>? Folder { get; init; }

    public required RepositoryTrust Trust { get; init; }

    /// <summary>
    /// The folder of trusted and revoked fingerprints, or the file of the key. An absolute path is one of the base system,
    /// as in pkg.conf(5); any other is relative to the profile's folder. <c>${VERSION_MAJOR}</c>
    /// is that of the release. Null for <see cref="RepositoryTrust.None"/>.
    /// </summary>
    public Located<string>? Keys { get; init; }

    /// <summary>Whether it is FreeBSD's own repository of the base system's packages.</summary>
    public bool IsOfficialBase { get; init; }

    /// <summary>Where several have a package, the highest wins.</summary>
    public int Priority { get; init; }
}
