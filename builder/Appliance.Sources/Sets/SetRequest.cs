namespace Appliance.Sources.Sets;

/// <summary>Which sets of which release are wanted, and where they may come from.</summary>
public sealed record SetRequest
{
    /// <summary>The release as FreeBSD names it, number and suffix.</summary>
    public required string Release { get; init; }

    /// <summary>The processor architecture as <c>uname -p</c> names it, e.g. <c>amd64</c>, <c>aarch64</c>.</summary>
    public required string Architecture { get; init; }

    /// <summary>Names of the sets in the order of the layers, without <c>.txz</c>.</summary>
    public IReadOnlyList<string> Sets { get; init; } = ["base", "kernel"];

    /// <summary>A directory that holds MANIFEST and the sets; then no network is used and nothing is written there.</summary>
    public string? Directory { get; init; }

    /// <summary>
    /// Another mirror: what stands for <c>https://download.freebsd.org/releases/</c>, or, where its last segment is the
    /// release itself, the very directory of the release.
    /// </summary>
    public Uri? Mirror { get; init; }

    /// <summary>Never use the network; what is missing is an error.</summary>
    public bool Offline { get; init; }

    /// <summary>Fetch the MANIFEST anew even if the cache has one (for <c>lock --update</c>).</summary>
    public bool RefreshManifest { get; init; }

    /// <summary>The lock; without one the MANIFEST decides, and <see cref="ResolvedSets.ToLock"/> pins what it said.</summary>
    public SetsLock? Lock { get; init; }

    /// <summary>
    /// Digests that FreeBSD published for this release and architecture, by the name of the set; null where none are known.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Published { get; init; }

    /// <summary>Take sets that are not FreeBSD's own: self-built ones, or those of a release without known digests.</summary>
    public bool AcceptOthers { get; init; }
}
