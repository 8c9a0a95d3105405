using System.Globalization;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Build.Changes;

/// <summary>
/// What a change of a network file means to its neighbors and to the Internet. Both versions are looked at as the
/// documents that first boot gets, so only what reaches a router counts.
/// </summary>
public static class NetworkChanges
{
    /// <summary>
    /// What became of sites, links and prefixes; then differences between the edges of two versions, site by site, in the
    /// order of subjects.
    /// </summary>
    public static IReadOnlyList<BgpChange> Between(
        IReadOnlyList<SiteDocument> old,
        IReadOnlyList<SiteDocument> changed
    )
    {
        var before = Edges(old);
        var after = Edges(changed);
        return
        [
            .. SiteChanges.Between(old, changed),
            .. after
                .Keys.Concat(before.Keys)
                .Distinct()
                .SelectMany(site =>
                    OfSite(site, before.GetValueOrDefault(site), after.GetValueOrDefault(site))
                ),
        ];
    }

    private static Dictionary<string, SiteDocument> Edges(IReadOnlyList<SiteDocument> sites) =>
        sites
            .Where(site => site.Bgp is not null)
            .ToDictionary(site => site.Site, StringComparer.Ordinal);

    private static IEnumerable<BgpChange> OfSite(
        string site,
        SiteDocument? old,
        SiteDocument? changed
    ) =>
        [
            .. AnnouncementsOf(site, old, changed),
            .. Sessions(site, old, changed),
            .. old is not null && changed is not null ? Filters(site, old, changed) : [],
            .. Plain(
                site,
                ChangeSubject.Blackhole,
                old?.Bgp!.Blackholes ?? [],
                changed?.Bgp!.Blackholes ?? []
            ),
            .. Plain(site, ChangeSubject.RpkiCache, Caches(old), Caches(changed)),
        ];

    private static IEnumerable<BgpChange> AnnouncementsOf(
        string site,
        SiteDocument? old,
        SiteDocument? changed
    )
    {
        var before = old is null ? [] : Announcements.Of(old).ToList();
        var after = changed is null ? [] : Announcements.Of(changed).ToList();
        return Pairs(before, after, item => (item.Neighbor, item.What))
            .Where(pair => pair.Old?.Attributes != pair.New?.Attributes)
            .Select(pair => new BgpChange(
                site,
                ChangeSubject.Announcement,
                KindOf(pair.Old, pair.New),
                (pair.New ?? pair.Old)!.Neighbor,
                (pair.New ?? pair.Old)!.What,
                pair.Old?.Attributes,
                pair.New?.Attributes
            ));
    }

    private static IEnumerable<BgpChange> Sessions(
        string site,
        SiteDocument? old,
        SiteDocument? changed
    ) =>
        Pairs(old?.Bgp!.Neighbors ?? [], changed?.Bgp!.Neighbors ?? [], item => item.Name)
            .SelectMany(pair =>
                pair is { Old: { } before, New: { } after }
                    ? SessionOptions(site, (old!, before), (changed!, after))
                    :
                    [
                        new BgpChange(
                            site,
                            ChangeSubject.Session,
                            KindOf(pair.Old, pair.New),
                            (pair.New ?? pair.Old)!.Name,
                            "session",
                            pair.Old is null ? null : SessionFacts.Summary(old!, pair.Old),
                            pair.New is null ? null : SessionFacts.Summary(changed!, pair.New)
                        ),
                    ]
            );

    private static IEnumerable<BgpChange> SessionOptions(
        string site,
        (SiteDocument Edge, NeighborDocument Neighbor) old,
        (SiteDocument Edge, NeighborDocument Neighbor) changed
    ) =>
        SessionFacts
            .Of(old.Edge, old.Neighbor)
            .Zip(SessionFacts.Of(changed.Edge, changed.Neighbor))
            .Where(pair => pair.First.Value != pair.Second.Value)
            .Select(pair => new BgpChange(
                site,
                ChangeSubject.Session,
                ChangeKind.Changed,
                changed.Neighbor.Name,
                pair.First.Label,
                pair.First.Value,
                pair.Second.Value
            ));

    /// <summary>Of the sessions that both versions have; a new session's filter is said by its role.</summary>
    private static IEnumerable<BgpChange> Filters(
        string site,
        SiteDocument old,
        SiteDocument changed
    )
    {
        var kept = old.Bgp!.Neighbors.Select(item => item.Name)
            .Intersect(changed.Bgp!.Neighbors.Select(item => item.Name))
            .ToHashSet(StringComparer.Ordinal);
        var before = Gates.Of(old).Where(Stays).Distinct().ToList();
        var after = Gates.Of(changed).Where(Stays).Distinct().ToList();
        return
        [
            .. before.Except(after).Select(gate => OfGate(gate, appears: false)),
            .. after.Except(before).Select(gate => OfGate(gate, appears: true)),
            .. Limits(site, old, changed),
        ];

        bool Stays(Gate gate) => gate.Neighbor is null || kept.Contains(gate.Neighbor);
        BgpChange OfGate(Gate gate, bool appears) =>
            new(
                site,
                ChangeSubject.Filter,
                gate.Admits == appears ? ChangeKind.Opens : ChangeKind.Closes,
                gate.Neighbor,
                gate.What,
                Word(gate, !appears),
                Word(gate, appears)
            );
    }

    private static string Word(Gate gate, bool stands) =>
        gate.Admits == stands ? "taken" : "refused";

    private static IEnumerable<BgpChange> Limits(
        string site,
        SiteDocument old,
        SiteDocument changed
    ) =>
        Pairs(old.Bgp!.Neighbors, changed.Bgp!.Neighbors, item => item.Name)
            .Where(pair => pair is { Old: not null, New: not null })
            .Select(pair => (pair.New!.Name, Old: Limit(pair.Old!), New: Limit(pair.New!)))
            .Where(item => item.Old != item.New)
            .Select(item => new BgpChange(
                site,
                ChangeSubject.Filter,
                item.New > item.Old ? ChangeKind.Opens : ChangeKind.Closes,
                item.Name,
                "routes before the session is torn down",
                Number(item.Old),
                Number(item.New)
            ));

    private static long Limit(NeighborDocument neighbor) =>
        ImportLimit.Of(neighbor) ?? long.MaxValue;

    private static string Number(long limit) =>
        limit == long.MaxValue ? "no limit" : limit.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> Caches(SiteDocument? edge) =>
        edge?.Bgp!.RpkiCaches.Select(cache =>
            string.Create(CultureInfo.InvariantCulture, $"{cache.Host} port {cache.Port}")
        )
        ?? [];

    private static IEnumerable<BgpChange> Plain(
        string site,
        ChangeSubject subject,
        IEnumerable<string> old,
        IEnumerable<string> changed
    ) =>
        Pairs(old, changed, item => item)
            .Where(pair => pair.Old is null || pair.New is null)
            .Select(pair => new BgpChange(
                site,
                subject,
                KindOf(pair.Old, pair.New),
                null,
                (pair.New ?? pair.Old)!,
                null,
                null
            ));

    private static ChangeKind KindOf(object? old, object? changed) =>
        old is null ? ChangeKind.Added
        : changed is null ? ChangeKind.Removed
        : ChangeKind.Changed;

    /// <summary>What belongs together by its key: first what is in the old version, then what is new.</summary>
    private static List<(T? Old, T? New)> Pairs<T, TKey>(
        IEnumerable<T> old,
        IEnumerable<T> changed,
        Func<T, TKey> key
    )
        where T : class
        where TKey : notnull
    {
        var after = changed.DistinctBy(key).ToDictionary(key);
        var before = old.DistinctBy(key).ToDictionary(key);
        return
        [
            .. before.Select(item => ((T?)item.Value, after.GetValueOrDefault(item.Key))),
            .. after
                .Where(item => !before.ContainsKey(item.Key))
                .Select(item => ((T?)null, (T?)item.Value)),
        ];
    }
}
