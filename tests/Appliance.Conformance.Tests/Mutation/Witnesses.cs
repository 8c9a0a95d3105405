using Appliance.Conformance.Sessions;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Tests.Mutation;

/// <summary>For every rule of the policy, the cases that fail without it.</summary>
internal static class Witnesses
{
    public const string Lists = "entries of lists, and what every route is asked";
    public const string Clauses = "clauses of the filter, next hops, marks";
    private const string Ends = "ends of import maps, blackholes";
    private const string Exports = "what leaves";
    private const string Origins = "where routes come from";
    public const string Opening = "how sessions open";

    /// <summary>Group that needs the cases about sessions.</summary>
    public const string Sessions = "how sessions end";

    /// <summary>Likewise.</summary>
    public const string Station = "what the station hears";

    public static IReadOnlyList<Witness> All { get; } =
    [
        new(PolicyRules.OwnSpace, Lists, "own-prefix-.*", "own-part-.*") { IsOfNeighbor = false },
        new(PolicyRules.OurLinks, Lists, "link-.*") { IsOfNeighbor = false },
        new(PolicyRules.LongPath, Lists, "path-60") { IsOfNeighbor = false },
        new(PolicyRules.RpkiInvalid, Lists, "rpki-(origin|none|length)") { IsOfNeighbor = false },
        new(PolicyRules.AsSets, Lists, "as-set") { IsOfNeighbor = false },
        new(PolicyRules.PrefixLength, Lists, "length-.*", "default-route", "request-refused")
        {
            IsOfNeighbor = false,
        },
        new(PolicyRules.FirstAs, Lists, "first-as"),
        new(PolicyRules.Role, Lists, "role-told", "otc"),
        new(PolicyRules.PeerLock, Lists, "peer-lock"),
        new(PolicyRules.OwnCommunities, Lists, "marks-removed(-default)?"),
        new(PolicyRules.RequestSpace, Lists, "request-outside", "request-larger"),
        // Without all three of its matches the clause would accept any route.
        new(PolicyRules.RequestTagged, Clauses, "request-untagged"),
        new(PolicyRules.RequestPath, Ends, "request-path"),
        new(PolicyRules.RequestDropped, Clauses, "request", "request-both", "request-largest"),
        new(PolicyRules.RequestMarked, Clauses, "marks-(added|removed)-request"),
        new(PolicyRules.RequestTold, Ends, "exports-requests"),
        new(PolicyRules.LocalPreference, Lists, "local-preference"),
        new(PolicyRules.Prepend, Lists, "exports", "exports-customers"),
        new(PolicyRules.NextHop, Clauses, "next-hop-(ours|outside|link-local)", "default-next-hop"),
        new(PolicyRules.LearnedFrom, Clauses, "marks-added(-default)?"),
        new(PolicyRules.Med, Clauses, "exports", "exports-customers"),
        new(PolicyRules.DefaultOnly, Clauses, "ordinary"),
        new(PolicyRules.BlackholeSource, Clauses, "exports-only") { IsOfNeighbor = false },
        // Routes that earlier clauses do not accept, for their next hop or for a foreign prefix.
        new(
            PolicyRules.ImportEnd,
            Ends,
            "next-hop-(ours|outside|link-local)",
            "default-next-hop",
            "customer-(space|leak)",
            "default-route",
            "request-(larger|untagged|outside)"
        ),
        new(PolicyRules.ImportNothing, Ends, "ordinary", "default-route"),
        new(PolicyRules.Communities, Ends, "exports", "exports-customers"),
        new(PolicyRules.Blackhole, Ends, "exports-blackholes"),
        new(PolicyRules.CustomerSpace, Exports, "customer-space", "customer-leak"),
        new(PolicyRules.OnlyAnnounced, Exports, "exports-only", "exports-blackholes"),
        new(PolicyRules.Drain, Exports, "exports", "exports-customers"),
        new(PolicyRules.NextHopSelf, Exports, "exports-customers"),
        new(PolicyRules.FullTable, Origins, "exports-only"),
        new(PolicyRules.Aggregate, Origins, "exports") { IsOfNeighbor = false },
        new(PolicyRules.Password, Opening, "session", "session-opens"),
        new(PolicyRules.TtlSecurity, Opening, "session", "session-opens"),
        new(PolicyRules.Bfd, Opening, "bfd"),
        new(PolicyRules.Shutdown, Opening, "session"),
        new(PolicyRules.NeighborRoute, Opening, "ordinary"),
        new(PolicyRules.MaximumPrefix, Sessions, "overflow"),
        new(PolicyRules.Revalidation, Sessions, "rpki-changes", "bmp-routes"),
        new(PolicyRules.MonitoredRoutes, Sessions, "bmp-routes"),
        // Without a connection of the edge there are no messages about its sessions.
        new(PolicyRules.Monitoring, Station, "bmp") { IsOfNeighbor = false },
        new(PolicyRules.RequiresPolicy, Sessions, "no-policy") { IsOfNeighbor = false },
        new(PolicyRules.BogonPrefix, Lists, "bogon-{subject}") { IsOfNeighbor = false },
        new(PolicyRules.BogonAsn, Lists, "bogon-asn-({0}|{1})") { IsOfNeighbor = false },
        new(PolicyRules.OnlyLocal, "paths of others", "exports-only")
        {
            Behind = [PolicyRules.OnlyAnnounced, PolicyRules.Role],
        },
        new(PolicyRules.CustomerRoutesListed, "customers' space", "exports-only")
        {
            Behind = [PolicyRules.CustomerSpace],
        },
        new(PolicyRules.CustomerRoutes, "routes of others", "exports-only")
        {
            Behind = [PolicyRules.Role],
        },
        new(PolicyRules.NoDefaultNextHop, Sessions, "lost-link", "lost-next-hop")
        {
            IsOfNeighbor = false,
        },
        new(PolicyRules.LostNeighbor, Sessions, "lost-link") { IsOfNeighbor = false },
        new(PolicyRules.MaximumPrefixOut, "leaks of everything", "exports-limit")
        {
            Behind = [PolicyRules.OnlyAnnounced, PolicyRules.OnlyLocal, PolicyRules.Role],
        },
    ];

    /// <summary>The clause that refers to a list is removed with all of the list's entries.</summary>
    public static Witness ClauseOf(Witness list) =>
        list with
        {
            Group = Clauses,
            Cases = [list.Rule == PolicyRules.BogonAsn ? "bogon-asn-.*" : "bogon-[0-9a-f:.]+/.*"],
        };
}
