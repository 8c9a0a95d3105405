using System.Globalization;
using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Routes;

/// <summary>Judges what an edge has advertised to a neighbor, from its first UPDATE on.</summary>
/// <param name="customers">Routes of customers that the edge has accepted on other sessions.</param>
/// <param name="requests">Prefixes that customers have requested to be dropped.</param>
internal sealed class ExportJudge(
    SiteDocument edge,
    LabSession session,
    IReadOnlyCollection<IPNetwork> customers,
    IReadOnlyCollection<IPNetwork> requests
)
{
    private const string GracefulShutdown = "65535:0";

    private readonly NeighborDocument neighbor = session.Neighbor;
    private readonly List<IPNetwork> own = [.. OfFamily(edge.Prefixes, session)];

    private readonly List<IPNetwork> blackholes =
    [
        .. session.Neighbor.BlackholeCommunity is null
            ? []
            : OfFamily(edge.Bgp!.Blackholes, session),
    ];

    /// <summary>Judges all cases that apply to this session.</summary>
    /// <param name="most">Limit of advertised routes in the configuration; null for none.</param>
    public IEnumerable<CaseResult> All(BgpSessionLog log, int? most)
    {
        yield return Own(log);
        yield return NothingElse(log);
        if (blackholes.Count > 0)
        {
            yield return Blackholes(log);
        }

        if (requests.Count > 0 && neighbor.BlackholeCommunity is not null)
        {
            yield return Requests(log);
        }

        if (customers.Count > 0)
        {
            yield return Customers(log);
        }

        if (neighbor.Send == ExportMode.Default)
        {
            yield return DefaultRoute(log);
        }

        if (most is { } limit)
        {
            yield return AtMost(log, limit);
        }
    }

    /// <summary>Judges that our prefixes are advertised with the configured attributes.</summary>
    public CaseResult Own(BgpSessionLog log) =>
        Case(
            "exports",
            "our prefixes are advertised with the right attributes",
            [.. own.SelectMany(prefix => OfOwn(prefix, log))],
            () =>
                string.Join("; ", own.Select(prefix => log.Routes[prefix].ToString()))
                + Invariant($"; {log.ReceivedRoutes.Count} routes advertised in total")
        );

    /// <summary>Judges that every route ever advertised is ours, a customer's, or a blackhole request.</summary>
    public CaseResult NothingElse(BgpSessionLog log) =>
        Case(
            "exports-only",
            "nothing else is advertised",
            [
                .. log
                    .ReceivedRoutes.Where(route => !MayLeave(route))
                    .Select(route => $"advertised {route}")
                    .Distinct(),
            ],
            () =>
                Invariant($"{log.ReceivedRoutes.Count} routes advertised since the session came up")
        );

    private CaseResult Blackholes(BgpSessionLog log) =>
        Case(
            "exports-blackholes",
            "blackholes are advertised to a neighbor that drops them, with its community",
            [.. blackholes.SelectMany(prefix => OfBlackhole(prefix, log))],
            () => string.Join("; ", blackholes.Select(prefix => log.Routes[prefix].ToString()))
        );

    private CaseResult Requests(BgpSessionLog log) =>
        Case(
            "exports-requests",
            "blackholes of customers are advertised to a neighbor that drops them, with its community",
            [.. requests.SelectMany(prefix => OfBlackhole(prefix, log))],
            () => string.Join("; ", requests.Select(prefix => log.Routes[prefix].ToString()))
        );

    private CaseResult Customers(BgpSessionLog log) =>
        Case(
            "exports-customers",
            "routes of customers are advertised with the right attributes",
            [.. customers.SelectMany(prefix => OfCustomer(prefix, log))],
            () => Invariant($"{customers.Count} routes, the last {log.Routes[customers.Last()]}")
        );

    private CaseResult DefaultRoute(BgpSessionLog log)
    {
        var everything = AddressText.Everything(session.UpstreamAddress.AddressFamily);
        return Case(
            "exports-default",
            "the default route is advertised",
            log.Routes.ContainsKey(everything) ? [] : [$"{everything} was not advertised"],
            () => log.Routes[everything].ToString()
        );
    }

    /// <summary>The default route that bgpd originates does not count.</summary>
    private CaseResult AtMost(BgpSessionLog log, int limit)
    {
        var everything = AddressText.Everything(session.UpstreamAddress.AddressFamily);
        var count = log.Routes.Keys.Count(prefix =>
            neighbor.Send != ExportMode.Default || !prefix.Equals(everything)
        );
        return Case(
            "exports-limit",
            Invariant($"no more than {limit} routes are advertised, whatever rules are missing"),
            count <= limit ? [] : [Invariant($"{count} routes advertised")],
            () => Invariant($"{count} routes advertised")
        );
    }

    private bool MayLeave(ReceivedRoute route)
    {
        if (own.Contains(route.Prefix))
        {
            return IsOurPath(route);
        }

        if (own.Exists(prefix => prefix.Contains(route.Prefix.BaseAddress)))
        {
            return blackholes.Contains(route.Prefix) && HasCommunity(route);
        }

        // Shorter prefixes are networks; a customer's may be dropped, any other is no valid route.
        if (requests.Contains(route.Prefix))
        {
            return HasCommunity(route);
        }

        // A neighbor drops routes with its own AS number itself (RFC 4271, 9).
        return neighbor.Send == ExportMode.Full
            || route.Asns.Contains(neighbor.Asn)
            || customers.Contains(route.Prefix)
            || (
                neighbor.Send == ExportMode.Default
                && route.Prefix.Equals(
                    AddressText.Everything(session.UpstreamAddress.AddressFamily)
                )
            );
    }

    private bool IsOurPath(ReceivedRoute route) => route.Asns.All(asn => asn == edge.Asn);

    private bool HasCommunity(ReceivedRoute route) =>
        neighbor.BlackholeCommunity is { } community
        && (route.Communities.Contains(community) || route.LargeCommunities.Contains(community));

    private IEnumerable<string> OfOwn(IPNetwork prefix, BgpSessionLog log)
    {
        if (!log.Routes.TryGetValue(prefix, out var route))
        {
            yield return $"{prefix} was not advertised";
            yield break;
        }

        if (!route.Asns.SequenceEqual(Enumerable.Repeat(edge.Asn, neighbor.Prepend + 1)))
        {
            yield return Invariant($"path of {route}, prepend is {neighbor.Prepend}");
        }

        foreach (var complaint in Attributes(route))
        {
            yield return complaint;
        }
    }

    private IEnumerable<string> OfCustomer(IPNetwork prefix, BgpSessionLog log)
    {
        if (!log.Routes.TryGetValue(prefix, out var route))
        {
            yield return $"{prefix} was not advertised";
            yield break;
        }

        if (neighbor.Send == ExportMode.Full)
        {
            yield break;
        }

        if (route.Asns.TakeWhile(asn => asn == edge.Asn).Count() != neighbor.Prepend + 1)
        {
            yield return Invariant($"path of {route}, prepend is {neighbor.Prepend}");
        }

        foreach (var complaint in Attributes(route))
        {
            yield return complaint;
        }
    }

    private IEnumerable<string> OfBlackhole(IPNetwork prefix, BgpSessionLog log)
    {
        if (!log.Routes.TryGetValue(prefix, out var route))
        {
            yield return $"{prefix} was not advertised";
        }
        else
        {
            if (!HasCommunity(route))
            {
                yield return $"{route} lacks {neighbor.BlackholeCommunity}";
            }

            if (!route.NextHop.Contains(session.EdgeAddress))
            {
                yield return $"next hop of {route} is {string.Join(' ', route.NextHop)}";
            }
        }
    }

    private IEnumerable<string> Attributes(ReceivedRoute route)
    {
        if (neighbor.Med is { } med && route.Med != med)
        {
            yield return Invariant($"MED of {route} is not {med}");
        }

        var wanted = neighbor.Drain
            ? neighbor.Communities.Append(GracefulShutdown)
            : neighbor.Communities;
        foreach (var community in wanted.Except(route.Communities.Concat(route.LargeCommunities)))
        {
            yield return $"{route} lacks {community}";
        }

        if (!route.NextHop.Contains(session.EdgeAddress))
        {
            yield return $"next hop of {route} is {string.Join(' ', route.NextHop)}";
        }
    }

    private CaseResult Case(
        string id,
        string title,
        List<string> complaints,
        Func<string> evidence
    ) =>
        new(
            session.Title,
            id,
            title,
            complaints.Count == 0 ? CaseOutcome.Passed : CaseOutcome.Failed,
            complaints.Count == 0 ? evidence() : string.Join("; ", complaints)
        );

    private static IEnumerable<IPNetwork> OfFamily(
        IEnumerable<string> prefixes,
        LabSession session
    ) =>
        prefixes
            .Select(IPNetwork.Parse)
            .Where(prefix =>
                prefix.BaseAddress.AddressFamily == session.UpstreamAddress.AddressFamily
            );

    private static string Invariant(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
