using Appliance.Rendering.Documents;

namespace Appliance.Build.Changes;

/// <summary>Something that a neighbor is told.</summary>
/// <param name="Attributes">What is said along with it, "prepend 2, MED 20"; "plain" when there is nothing.</param>
internal sealed record Announcement(string Neighbor, string What, string Attributes);

/// <summary>What the sessions of an edge tell once they are up; a session that is switched off tells nothing.</summary>
internal static class Announcements
{
    public static IEnumerable<Announcement> Of(SiteDocument edge)
    {
        var sessions = edge.Bgp!.Neighbors.Where(session => session.Session.Shutdown is null);
        return sessions.SelectMany(session =>
            (Announcement[])
                [
                    .. Own(edge, session),
                    .. Blackholes(edge.Bgp, session),
                    .. OfCustomers(edge.Bgp, session),
                    .. Requests(edge.Bgp, session),
                    .. Beyond(session),
                ]
        );
    }

    public static bool IsIpv6(string text) => text.Contains(':', StringComparison.Ordinal);

    private static IEnumerable<Announcement> Own(SiteDocument edge, NeighborDocument session) =>
        edge
            .Prefixes.Where(prefix => IsIpv6(prefix) == IsIpv6(session.Address))
            .Select(prefix => new Announcement(session.Name, prefix, Attributes(session)));

    private static IEnumerable<Announcement> Blackholes(
        BgpDocument bgp,
        NeighborDocument session
    ) =>
        session.BlackholeCommunity is not { } community
            ? []
            : bgp
                .Blackholes.Where(prefix => IsIpv6(prefix) == IsIpv6(session.Address))
                .Select(prefix => new Announcement(
                    session.Name,
                    prefix,
                    $"community {community}, to be dropped"
                ));

    private static IEnumerable<Announcement> OfCustomers(
        BgpDocument bgp,
        NeighborDocument session
    ) =>
        Customers(bgp, session)
            .SelectMany(customer =>
                customer.AllowedPrefixes.Select(prefix => new Announcement(
                    session.Name,
                    $"routes of {customer.Name} within {prefix}",
                    Attributes(session)
                ))
            );

    private static IEnumerable<Announcement> Requests(BgpDocument bgp, NeighborDocument session) =>
        session.BlackholeCommunity is not { } community
            ? []
            : Customers(bgp, session)
                .Where(customer => customer.BlackholeLength is not null)
                .SelectMany(customer =>
                    customer.AllowedPrefixes.Select(prefix => new Announcement(
                        session.Name,
                        $"what {customer.Name} has dropped within {prefix}",
                        $"community {community}, to be dropped"
                    ))
                );

    private static IEnumerable<NeighborDocument> Customers(
        BgpDocument bgp,
        NeighborDocument session
    ) =>
        bgp.Neighbors.Where(other =>
            other.Role == NeighborRole.Customer
            && other.Name != session.Name
            && other.Session.Shutdown is null
            && IsIpv6(other.Address) == IsIpv6(session.Address)
        );

    private static IEnumerable<Announcement> Beyond(NeighborDocument session)
    {
        if (session.Send == ExportMode.Default)
        {
            yield return new(session.Name, "the default route", "plain");
        }
        else if (session.Send == ExportMode.Full)
        {
            yield return new(session.Name, "everything we know", "plain");
        }
    }

    private static string Attributes(NeighborDocument session)
    {
        List<string> all =
        [
            .. session.Prepend > 0 ? [$"prepend {session.Prepend}"] : Array.Empty<string>(),
            .. session.Med is { } med ? [$"MED {med}"] : Array.Empty<string>(),
            .. session.Communities.Select(community => $"community {community}"),
            .. session.Drain ? ["community graceful-shutdown"] : Array.Empty<string>(),
        ];
        return all.Count == 0 ? "plain" : string.Join(", ", all);
    }
}
