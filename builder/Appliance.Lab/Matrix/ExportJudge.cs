using System.Net;
using Appliance.Lab.Bgp;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Matrix;

/// <summary>What an edge told a neighbor, from its first UPDATE on, against what it may tell.</summary>
internal static class ExportJudge
{
    /// <param name="customers">Routes of customers that the edge has taken elsewhere.</param>
    public static CaseResult Judge(
        SiteDocument edge,
        LabSession session,
        BgpHeard heard,
        IReadOnlyCollection<IPNetwork> customers
    )
    {
        var own = edge
            .Prefixes.Select(IPNetwork.Parse)
            .Where(prefix =>
                prefix.BaseAddress.AddressFamily == session.UpstreamAddress.AddressFamily
            )
            .ToList();
        var complaints = Complaints(edge, session, heard, own, customers).ToList();
        return new(
            session.Title,
            "exports",
            "exactly our prefixes leave, with the right attributes",
            complaints.Count == 0 ? CaseOutcome.Passed : CaseOutcome.Failed,
            complaints.Count == 0
                ? string.Join("; ", own.Select(prefix => heard.Routes[prefix].ToString()))
                    + $"; {heard.Told.Count} routes told in all"
                : string.Join("; ", complaints)
        );
    }

    private static IEnumerable<string> Complaints(
        SiteDocument edge,
        LabSession session,
        BgpHeard heard,
        IReadOnlyList<IPNetwork> own,
        IReadOnlyCollection<IPNetwork> customers
    )
    {
        foreach (var prefix in own)
        {
            if (!heard.Routes.TryGetValue(prefix, out var route))
            {
                yield return $"{prefix} was not told";
                continue;
            }

            foreach (var complaint in OfOwn(edge, session, route))
            {
                yield return complaint;
            }
        }

        if (session.Neighbor.Send == ExportMode.Full)
        {
            yield break;
        }

        var everything = AddressText.Everything(session.UpstreamAddress.AddressFamily);
        foreach (var route in heard.Told.Where(route => !own.Contains(route.Prefix)))
        {
            var isBlackhole =
                session.Neighbor.BlackholeCommunity is not null
                && own.Any(prefix => prefix.Contains(route.Prefix.BaseAddress));
            var isDefault =
                session.Neighbor.Send == ExportMode.Default && route.Prefix.Equals(everything);
            if (!isBlackhole && !isDefault && !customers.Contains(route.Prefix))
            {
                yield return $"told {route}";
            }
        }
    }

    private static IEnumerable<string> OfOwn(
        SiteDocument edge,
        LabSession session,
        ReceivedRoute route
    )
    {
        var neighbor = session.Neighbor;
        if (!route.Asns.SequenceEqual(Enumerable.Repeat(edge.Asn, neighbor.Prepend + 1)))
        {
            yield return $"path of {route}, prepend is {neighbor.Prepend}";
        }

        if (neighbor.Med is { } med && route.Med != med)
        {
            yield return $"MED of {route} is not {med}";
        }

        foreach (
            var community in neighbor.Communities.Except(
                route.Communities.Concat(route.LargeCommunities)
            )
        )
        {
            yield return $"{route} lacks {community}";
        }

        if (!route.NextHop.Contains(session.EdgeAddress))
        {
            yield return $"next hop of {route} is {string.Join(' ', route.NextHop)}";
        }
    }
}
