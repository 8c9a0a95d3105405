using Appliance.Rendering.Documents;

namespace Appliance.Build.Changes;

/// <summary>
/// Sites, the links between them, and the prefixes that they hold. A prefix within an announcement that no site holds is
/// still announced, and edges drop its packets.
/// </summary>
internal static class SiteChanges
{
    /// <summary>A network has an edge, or it is none.</summary>
    private const string Unheld = "no site: edges announce it and drop its packets";

    public static IEnumerable<BgpChange> Between(
        IReadOnlyList<SiteDocument> old,
        IReadOnlyList<SiteDocument> changed
    ) => [.. Sites(old, changed), .. Links(old, changed), .. Prefixes(old, changed)];

    private static IEnumerable<BgpChange> Sites(
        IReadOnlyList<SiteDocument> old,
        IReadOnlyList<SiteDocument> changed
    )
    {
        var before = old.ToDictionary(site => site.Site, StringComparer.Ordinal);
        var after = changed.ToDictionary(site => site.Site, StringComparer.Ordinal);
        foreach (var site in old.Where(site => !after.ContainsKey(site.Site)))
        {
            yield return new(
                site.Site,
                ChangeSubject.Site,
                ChangeKind.Removed,
                null,
                $"{Role(site)} {site.Hostname}",
                null,
                null
            );
        }

        foreach (var site in changed.Where(site => !before.ContainsKey(site.Site)))
        {
            yield return new(
                site.Site,
                ChangeSubject.Site,
                ChangeKind.Added,
                null,
                $"{Role(site)} {site.Hostname}",
                null,
                null
            );
        }
    }

    private static IEnumerable<BgpChange> Links(
        IReadOnlyList<SiteDocument> old,
        IReadOnlyList<SiteDocument> changed
    )
    {
        var before = Pairs(old);
        var after = Pairs(changed);
        return
        [
            .. before.Except(after).Select(link => Link(link, ChangeKind.Removed)),
            .. after.Except(before).Select(link => Link(link, ChangeKind.Added)),
        ];
    }

    private static BgpChange Link((string Site, string Peer) link, ChangeKind kind) =>
        new(link.Site, ChangeSubject.Link, kind, null, $"tunnel to {link.Peer}", null, null);

    /// <summary>Each link once, from its edge where only one end is one.</summary>
    private static List<(string Site, string Peer)> Pairs(IReadOnlyList<SiteDocument> sites)
    {
        var edges = sites
            .Where(site => site.Bgp is not null)
            .Select(site => site.Site)
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. sites
                .Where(site => site.Bgp is not null)
                .SelectMany(site =>
                    site.Tunnels.Where(tunnel => !tunnel.Upstream)
                        .Select(tunnel => (site.Site, tunnel.Peer))
                )
                .Where(link =>
                    !edges.Contains(link.Peer) || string.CompareOrdinal(link.Site, link.Peer) < 0
                )
                .Distinct(),
        ];
    }

    private static IEnumerable<BgpChange> Prefixes(
        IReadOnlyList<SiteDocument> old,
        IReadOnlyList<SiteDocument> changed
    )
    {
        var before = Holders(old);
        var after = Holders(changed);
        foreach (var prefix in before.Keys.Union(after.Keys).Order(StringComparer.Ordinal))
        {
            var was = before.GetValueOrDefault(prefix);
            var becomes = after.GetValueOrDefault(prefix);
            if (was != becomes)
            {
                yield return new(
                    (becomes ?? was)!,
                    ChangeSubject.Prefix,
                    was is null ? ChangeKind.Added
                        : becomes is null ? ChangeKind.Removed
                        : ChangeKind.Changed,
                    null,
                    prefix,
                    was ?? "no site",
                    becomes ?? Unheld
                );
            }
        }
    }

    private static Dictionary<string, string> Holders(IReadOnlyList<SiteDocument> sites) =>
        sites
            .SelectMany(site =>
                (site.Announced?.Prefixes ?? []).Select(prefix => (Prefix: prefix, site.Site))
            )
            .DistinctBy(item => item.Prefix)
            .ToDictionary(item => item.Prefix, item => item.Site, StringComparer.Ordinal);

    private static string Role(SiteDocument site) => site.Bgp is null ? "downstream" : "edge";
}
