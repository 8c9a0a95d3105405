namespace Appliance.Sources.Sets;

/// <summary>The kinds of host that keep their caches in different places.</summary>
public enum CacheHost
{
    /// <summary>Linux, the BSDs: the XDG base directories.</summary>
    Unix,

    /// <summary>macOS: <c>~/Library/Caches</c>.</summary>
    MacOs,

    /// <summary>Windows: the local application data.</summary>
    Windows,
}

/// <summary>
/// Where sets and decoded layers are kept. Everything under it can be made again; nothing under it is precious.
/// </summary>
/// <param name="Root">The directory of the cache, e.g. <c>/home/ops/.cache/appliance</c>.</param>
public sealed record CacheLocation(string Root)
{
    private const string FolderName = "appliance";

    /// <summary>The content store: decoded layers, keyed by the digest of their set.</summary>
    public string StoreDirectory => Path.Combine(Root, "store");

    /// <summary>Files that exist only to be locked by running processes.</summary>
    public string LocksDirectory => Path.Combine(Root, "locks");

    /// <summary>Where MANIFEST, base.txz, kernel.txz … of one release lie.</summary>
    public string SetsDirectory(string release, string architecture) =>
        Path.Combine(Root, "sets", $"{release}-{architecture}");

    /// <summary>Where the catalogues and packages of one repository lie, as in the repository itself.</summary>
    /// <param name="abi">What the packages run on, e.g. <c>FreeBSD:15:amd64</c>.</param>
    /// <param name="repository">The name of the repository, e.g. <c>latest</c>.</param>
    public string PackagesDirectory(string abi, string repository)
    {
        ArgumentNullException.ThrowIfNull(abi);
        var folder = OperatingSystem.IsWindows()
            ? abi.Replace(':', '_') // NTFS has another use for the colon.
            : abi;
        return Path.Combine(Root, "packages", folder, repository);
    }

    /// <summary>
    /// Where the operator may have put fingerprints for a repository that was brought and that others than FreeBSD have
    /// signed, in <c>trusted</c> and <c>revoked</c>. Nothing is ever written there.
    /// </summary>
    /// <param name="repository">The name of the repository.</param>
    public string FingerprintsDirectory(string repository) =>
        Path.Combine(Root, "packages", "fingerprints", repository);

    /// <summary>The cache of the user who runs this process.</summary>
    /// <param name="environment">Looks up an environment variable; this process's own when null.</param>
    public static CacheLocation ForCurrentUser(Func<string, string?>? environment = null)
    {
        var host =
            OperatingSystem.IsWindows() ? CacheHost.Windows
            : OperatingSystem.IsMacOS() ? CacheHost.MacOs
            : CacheHost.Unix;
        return For(
            host,
            environment ?? Environment.GetEnvironmentVariable,
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile)
        );
    }

    /// <summary>
    /// The cache of a user. <c>XDG_CACHE_HOME</c> wins on every host where it holds an absolute path (a relative one
    /// is to be ignored, says the XDG Base Directory Specification); then the custom of the host.
    /// </summary>
    public static CacheLocation For(
        CacheHost host,
        Func<string, string?> environment,
        string userProfile
    )
    {
        ArgumentNullException.ThrowIfNull(environment);
        if (environment("XDG_CACHE_HOME") is { } xdg && Path.IsPathRooted(xdg))
        {
            return new CacheLocation(Path.Combine(xdg, FolderName));
        }

        var parent = host switch
        {
            CacheHost.Windows when environment("LOCALAPPDATA") is { Length: > 0 } local => local,
            CacheHost.Windows => Path.Combine(userProfile, "AppData", "Local"),
            CacheHost.MacOs => Path.Combine(userProfile, "Library", "Caches"),
            CacheHost.Unix => Path.Combine(userProfile, ".cache"),
        };
        return new CacheLocation(Path.Combine(parent, FolderName));
    }
}
