using System.Globalization;
using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Routes;

/// <summary>What an edge told a neighbor, from its first UPDATE on, against what it may tell.</summary>
/// <param name="customers">Routes of customers that the edge has taken elsewhere.</param>
/// <param name="requests">What customers have asked the edge to drop.</param>
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

    /// <summary>All cases that make sense on this session.</summary>
    /// <param name="most">Routes that the file lets go out at most; null for no limit.</param>
    public IEnumerable<CaseResult> All(BgpHeard heard, int? most)
    {
        yield return Own(heard);
        yield return NothingElse(heard);
        if (blackholes.Count > 0)
        {
            yield return Blackholes(heard);
        }

        if (requests.Count > 0 && neighbor.BlackholeCommunity is not null)
        {
            yield return Requests(heard);
        }

        if (customers.Count > 0)
        {
            yield return Customers(heard);
        }

        if (neighbor.Send == ExportMode.Default)
        {
            yield return DefaultRoute(heard);
        }

        if (most is { } limit)
        {
            yield return AtMost(heard, limit);
        }
    }

    /// <summary>Our prefixes are told, with what the file says of them.</summary>
    public CaseResult Own(BgpHeard heard) =>
        Case(
            "exports",
            "our prefixes leave, with the right attributes",
            [.. own.SelectMany(prefix => OfOwn(prefix, heard))],
            () =>
                string.Join("; ", own.Select(prefix => heard.Routes[prefix].ToString()))
                + Invariant($"; {heard.Told.Count} routes told in all")
        );

    /// <summary>Whatever was told, at any time, was ours, a customer's, or asked for.</summary>
    public CaseResult NothingElse(BgpHeard heard) =>
        Case(
            "exports-only",
            "nothing else leaves",
            [
                .. heard
                    .Told.Where(route => !MayLeave(route))
                    .Select(route => $"told {route}")
                    .Distinct(),
            ],
            () => Invariant($"{heard.Told.Count} routes told since the session came up")
        );

    private CaseResult Blackholes(BgpHeard heard) =>
        Case(
            "exports-blackholes",
            "blackholes are told to a neighbor that drops them, with its community",
            [.. blackholes.SelectMany(prefix => OfBlackhole(prefix, heard))],
            () => string.Join("; ", blackholes.Select(prefix => heard.Routes[prefix].ToString()))
        );

    private CaseResult Requests(BgpHeard heard) =>
        Case(
            "exports-requests",
            "what customers have dropped is told to a neighbor that drops it, too, with its community",
            [.. requests.SelectMany(prefix => OfBlackhole(prefix, heard))],
            () => string.Join("; ", requests.Select(prefix => heard.Routes[prefix].ToString()))
        );

    private CaseResult Customers(BgpHeard heard) =>
        Case(
            "exports-customers",
            "routes of customers are passed on, with the right attributes",
            [.. customers.SelectMany(prefix => OfCustomer(prefix, heard))],
            () => Invariant($"{customers.Count} routes, the last {heard.Routes[customers.Last()]}")
        );

    private CaseResult DefaultRoute(BgpHeard heard)
    {
        var everything = AddressText.Everything(session.UpstreamAddress.AddressFamily);
        return Case(
            "exports-default",
            "the default route is told",
            heard.Routes.ContainsKey(everything) ? [] : [$"{everything} was not told"],
            () => heard.Routes[everything].ToString()
        );
    }

    /// <summary>The default route that bgpd makes itself is beside the count.</summary>
    private CaseResult AtMost(BgpHeard heard, int limit)
    {
        var everything = AddressText.Everything(session.UpstreamAddress.AddressFamily);
        var count = heard.Routes.Keys.Count(prefix =>
            neighbor.Send != ExportMode.Default || !prefix.Equals(everything)
        );
        return Case(
            "exports-limit",
            Invariant($"no more than {limit} routes are told, whatever happens to the rules"),
            count <= limit ? [] : [Invariant($"{count} routes stand")],
            () => Invariant($"{count} routes stand")
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

        // Larger parts are networks. That of a customer may be dropped; for all others it is no route.
        if (requests.Contains(route.Prefix))
        {
            return HasCommunity(route);
        }

        // A neighbor that hears its own number drops the route itself (RFC 4271, 9).
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

    private IEnumerable<string> OfOwn(IPNetwork prefix, BgpHeard heard)
    {
        if (!heard.Routes.TryGetValue(prefix, out var route))
        {
            yield return $"{prefix} was not told";
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

    private IEnumerable<string> OfCustomer(IPNetwork prefix, BgpHeard heard)
    {
        if (!heard.Routes.TryGetValue(prefix, out var route))
        {
            yield return $"{prefix} was not told";
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

    private IEnumerable<string> OfBlackhole(IPNetwork prefix, BgpHeard heard)
    {
        if (!heard.Routes.TryGetValue(prefix, out var route))
        {
            yield return $"{prefix} was not told";
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
