using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Static routes that FRR itself must know.</summary>
internal static class FrrStaticRoutes
{
    /// <summary>
    /// The aggregates end in a blackhole of FRR's own, beside the kernel's: "network" announces only what
    /// is in the routing table, and this stays there whatever happens to the kernel's.
    /// </summary>
    public static IEnumerable<string> Commands(Site site) =>
        site
            .Document.Prefixes.Select(prefix =>
                $"{(Addresses.IsIpv6(prefix) ? "ipv6" : "ip")} route {prefix} blackhole"
            )
            .Concat(
                site.Document.Bgp!.Neighbors.Where(neighbor => IsHostLink(site, neighbor.Over))
                    .Select(neighbor => $"ipv6 route {neighbor.Address}/128 {neighbor.Over}")
            )
            .Distinct();

    /// <summary>
    /// The neighbor lies in a prefix of the interface or tunnel it is reached over, which is what bgpd
    /// demands of a neighbor one hop away.
    /// </summary>
    public static bool IsConnected(Site site, NeighborDocument neighbor)
    {
        var tunnel = site.Document.Tunnels.FirstOrDefault(item => item.Device == neighbor.Over);
        var item = site.Document.Interfaces.FirstOrDefault(item => item.Name == neighbor.Over);
        var link =
            tunnel?.InnerLocal ?? (Addresses.IsIpv6(neighbor.Address) ? item?.Ipv6 : item?.Ipv4);
        return link is null
            || Addresses.Overlap(Addresses.NetworkOf(link), Addresses.HostPrefix(neighbor.Address));
    }

    /// <summary>
    /// A tunnel whose inner link is two /128s: the kernel has no connected prefix for it, so bgpd would
    /// never call the neighbor connected and never use its routes.
    /// </summary>
    private static bool IsHostLink(Site site, string over) =>
        site.Document.Tunnels.Any(tunnel =>
            tunnel.Device == over && Addresses.LengthOf(tunnel.InnerLocal) == 128
        );
}
