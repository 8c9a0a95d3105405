namespace Appliance.Sources.Sets;

/// <summary>Whether a set is on this machine.</summary>
public enum SetState
{
    /// <summary>It has to be downloaded from <see cref="ResolvedSet.Url"/>, or brought.</summary>
    Missing,

    /// <summary>It lies at <see cref="ResolvedSet.Path"/>; its digest is verified when it is decoded.</summary>
    Cached,
}

/// <summary>One set with its digest and its place.</summary>
/// <param name="Name">Its name, e.g. <c>base</c>.</param>
/// <param name="FileName">Its file, e.g. <c>base.txz</c>.</param>
/// <param name="Sha256">The digest that the lock, or without one the MANIFEST, demands: 64 lowercase hexadecimal digits.</param>
/// <param name="Size">Its size in bytes, where known.</param>
/// <param name="Path">Where it lies, or will lie after the download.</param>
/// <param name="Url">Where it comes from; null where no network may be used.</param>
/// <param name="State">Whether it is on this machine.</param>
public sealed record ResolvedSet(
    string Name,
    string FileName,
    string Sha256,
    long? Size,
    string Path,
    Uri? Url,
    SetState State
)
{
    /// <summary>Whether the digest is the one that FreeBSD published; otherwise the set was accepted by hand.</summary>
    public bool IsOfficial { get; init; } = true;
}

/// <summary>All sets of a request, in its order.</summary>
/// <param name="Release">The release.</param>
/// <param name="Architecture">The processor architecture.</param>
/// <param name="Directory">Where the sets lie or will lie.</param>
/// <param name="Sets">The sets.</param>
/// <param name="Pinned">Whether a lock demanded the digests; otherwise the MANIFEST did.</param>
public sealed record ResolvedSets(
    string Release,
    string Architecture,
    string Directory,
    IReadOnlyList<ResolvedSet> Sets,
    bool Pinned
)
{
    /// <summary>
    /// The lock that pins exactly these sets.
    /// </summary>
    /// <exception cref="SourceException">The size of a set is not known yet: it has to be fetched first.</exception>
    public SetsLock ToLock() =>
        new(
            Release,
            Architecture,
            [
                .. Sets.Select(set => new LockedSet(
                    set.Name,
                    set.FileName,
                    set.Size
                        ?? throw new SourceException(
                            SourceFailure.Missing,
                            $"the size of {set.FileName} is not known, so it cannot be pinned: fetch the sets first"
                        ),
                    set.Sha256
                )),
            ]
        )
        {
            AcceptedSets = Sets.Any(set => !set.IsOfficial),
        };
}
