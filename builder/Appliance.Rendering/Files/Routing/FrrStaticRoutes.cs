using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Next hops, and static routes that FRR itself must know.</summary>
internal static class FrrStaticRoutes
{
    public static FrrSection Section(Site site, IReadOnlyList<FrrSession> sessions) =>
        new(
            "Routes of our own",
            [
                FrrBlock.Of(
                    PolicyRules.NoDefaultNextHop,
                    "! A next hop is reached by more than the default route: a tunnel that is down takes its routes along.",
                    "no ip nht resolve-via-default",
                    "no ipv6 nht resolve-via-default"
                ) with
                {
                    Instead = ["ip nht resolve-via-default", "ipv6 nht resolve-via-default"],
                },
                FrrBlock.Text(
                    "!",
                    "! Our prefixes end here, more specific routes lead on. The kernel has the same routes, for when FRR is not there."
                ),
                .. site.Document.Prefixes.Select(prefix =>
                    FrrBlock.About(PolicyRules.Aggregate, prefix, $"{Route(prefix)} blackhole")
                ),
                .. Blackholes(site),
                .. Discard(sessions),
                .. Neighbors(site),
            ]
        );

    /// <summary>
    /// The neighbor lies in a prefix of the interface or tunnel it is reached over, which is what bgpd
    /// demands of a neighbor one hop away.
    /// </summary>
    public static bool IsConnected(Site site, NeighborDocument neighbor) =>
        site.LinkOf(neighbor.Over, Addresses.IsIpv6(neighbor.Address)) is not { } link
        || Addresses.Overlap(link, Addresses.HostPrefix(neighbor.Address));

    /// <summary>A static route with the tag is all it takes, so a person can add one at any hour.</summary>
    private static IEnumerable<FrrBlock> Blackholes(Site site)
    {
        var blackholes = site.Document.Bgp!.Blackholes;
        if (blackholes.Count > 0)
        {
            yield return FrrBlock.Text([
                "!",
                "! What is under attack, or must not be reached: dropped here, and by neighbors that have a community for it.",
                .. blackholes.Select(prefix =>
                    $"{Route(prefix)} blackhole tag {FrrExport.BlackholeTag}"
                ),
            ]);
        }
    }

    /// <summary>Next hops that stand for dropping; a route that leads there is a blackhole itself, in the kernel, too.</summary>
    private static IEnumerable<FrrBlock> Discard(IReadOnlyList<FrrSession> sessions)
    {
        var families = sessions
            .Where(session => session.TakesRequests)
            .Select(session => session.Family)
            .Distinct()
            .OrderBy(family => family.Host)
            .ToList();
        if (families.Count > 0)
        {
            yield return FrrBlock.Text([
                "!",
                "! Where routes lead that customers have dropped: to addresses that nobody has (RFC 6666, RFC 7600).",
                .. families.Select(family =>
                    $"{Route($"{family.Discard}/{family.Host}")} blackhole"
                ),
            ]);
        }
    }

    private static IEnumerable<FrrBlock> Neighbors(Site site)
    {
        var routes = site
            .Document.Bgp!.Neighbors.Select(neighbor =>
                (neighbor.Name, Line: RouteTo(site, neighbor))
            )
            .Where(item => item.Line is not null)
            .ToList();
        if (routes.Count > 0)
        {
            yield return FrrBlock.Text(
                "!",
                "! The way to neighbors that lie on no prefix of a link."
            );
        }

        foreach (var (name, line) in routes)
        {
            yield return FrrBlock.About(PolicyRules.NeighborRoute, name, line!);
        }
    }

    private static string? RouteTo(Site site, NeighborDocument neighbor)
    {
        var host = Addresses.HostPrefix(neighbor.Address);
        if (IsHostLink(site, neighbor.Over))
        {
            return $"{Route($"{host}")} {site.DeviceOver(neighbor.Over)}";
        }

        return neighbor.Session.Multihop is not null && GatewayOf(site, neighbor) is { } gateway
            ? $"{Route($"{host}")} {gateway}"
            : null;
    }

    /// <summary>A tunnel's far end, or the gateway of an interface; a link-local one needs its device.</summary>
    private static string? GatewayOf(Site site, NeighborDocument neighbor)
    {
        var tunnel = site.Document.Tunnels.FirstOrDefault(item => item.Device == neighbor.Over);
        if (tunnel is not null)
        {
            return tunnel.InnerRemote == neighbor.Address ? null : tunnel.InnerRemote;
        }

        var item = site.Document.Interfaces.First(item => item.Name == neighbor.Over);
        var gateway = Addresses.IsIpv6(neighbor.Address) ? item.Gateway6 : item.Gateway4;
        return gateway is not null && Addresses.IsLinkLocal(gateway)
            ? $"{gateway} {site.DeviceOf(item)}"
            : gateway;
    }

    /// <summary>
    /// A tunnel whose inner link is two /128s: the kernel has no connected prefix for it, so bgpd would
    /// never call the neighbor connected and never use its routes.
    /// </summary>
    private static bool IsHostLink(Site site, string over) =>
        site.Document.Tunnels.Any(tunnel =>
            tunnel.Device == over && Addresses.LengthOf(tunnel.InnerLocal) == 128
        );

    private static string Route(string prefix) =>
        $"{(Addresses.IsIpv6(prefix) ? "ipv6" : "ip")} route {prefix}";
}
