using Appliance.Sources.Packages;
using Appliance.Sources.Packages.Locks;

namespace Appliance.Sources.Sets;

/// <summary>One pinned set.</summary>
/// <param name="Name">Its name, e.g. <c>base</c>.</param>
/// <param name="File">Its file, e.g. <c>base.txz</c>.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Sha256">Its digest: 64 lowercase hexadecimal digits.</param>
public sealed record LockedSet(string Name, string File, long Size, string Sha256);

/// <summary>
/// The digests of every input of a profile, kept beside it (<c>profiles/edge.lock.json</c>) and committed with it.
/// <see cref="SetsLockFile"/> reads and writes it.
/// </summary>
/// <param name="Release">The release, number and suffix.</param>
/// <param name="Architecture">The processor architecture, e.g. <c>amd64</c>.</param>
/// <param name="Sets">The sets.</param>
/// <param name="Packages">The packages; null for a profile without any.</param>
public sealed record SetsLock(
    string Release,
    string Architecture,
    IReadOnlyList<LockedSet> Sets,
    PackagesLock? Packages = null
)
{
    /// <summary>Whether somebody accepted sets that are not as FreeBSD published them; they are pinned all the same.</summary>
    public bool AcceptedSets { get; init; }

    /// <summary>The pinned set of this name, or null.</summary>
    public LockedSet? Find(string name) => Sets.FirstOrDefault(set => set.Name == name);

    /// <summary>
    /// What changes from <paramref name="before"/> (null: there was no lock) to this lock, one line per change in the
    /// order release, architecture, sets by name, packages by name; empty where both pin the same.
    /// </summary>
    public IReadOnlyList<string> ChangesSince(SetsLock? before)
    {
        var changes = new List<string>();
        var (from, to) = (
            before is null ? null : BaseVersion.OfLock(before),
            BaseVersion.OfLock(this)
        );
        if (from is not null && from != to && before!.Release == Release)
        {
            changes.Add($"base system: {from} -> {to}");
        }

        if (AcceptedSets && before?.AcceptedSets != true)
        {
            changes.Add("base system: accepted sets that are not as FreeBSD published them");
        }

        if (before is not null && before.Release != Release)
        {
            changes.Add($"release: {before.Release} -> {Release}");
        }

        if (before is not null && before.Architecture != Architecture)
        {
            changes.Add($"architecture: {before.Architecture} -> {Architecture}");
        }

        var names = Sets.Concat(before?.Sets ?? []).Select(set => set.Name).Distinct();
        foreach (var name in names.Order(StringComparer.Ordinal))
        {
            if (Change(name, before?.Find(name), Find(name)) is { } change)
            {
                changes.Add(change);
            }
        }

        changes.AddRange(
            PackagesLock.Changes(before?.Packages, Packages).Select(change => change.ToString())
        );
        return changes;
    }

    private static string? Change(string name, LockedSet? before, LockedSet? after) =>
        (before, after) switch
        {
            (null, { } added) => $"{name}: pinned, {added.Size} bytes, sha256 {added.Sha256}",
            ({ }, null) => $"{name}: no longer pinned",
            ({ } old, { } changed) when old != changed =>
                $"{name}: {old.Size} bytes, sha256 {old.Sha256} -> {changed.Size} bytes, sha256 {changed.Sha256}",
            _ => null,
        };
}
