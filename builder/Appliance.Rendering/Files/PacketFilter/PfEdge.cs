using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.PacketFilter;

/// <summary>Decides what stands in the packet filter of an edge.</summary>
internal static class PfEdge
{
    // RFC 5881 and RFC 5883.
    private const int BfdPortOfOneHop = 3784;
    private const int BfdMultihopPort = 4784;

    public static PfEdgeView View(Site site)
    {
        var customers = site.SiteTunnels.Where(tunnel => !tunnel.Transit).ToList();
        var external = site
            .PhysicalDevices.Concat(site.UpstreamTunnels.Select(tunnel => tunnel.Device))
            .ToList();
        return new PfEdgeView(
            site.Document.Site,
            PfParts.Macro(external),
            [
                PfParts.Own(site),
                .. PfOwnLinks.Tables(site),
                PfParts.BogonSources(site),
                .. PfParts.SshTables(site),
                .. customers.Select(tunnel => Behind(site, tunnel)),
                .. PfNetworks.Tables(site),
            ],
            [.. PfOwnLinks.Views(site, external)],
            [.. site.Document.Tunnels.Select(tunnel => PfParts.Tunnel(site, tunnel))],
            [.. customers.Select(tunnel => PfParts.Tunnel(site, tunnel))],
            [.. site.SiteTunnels.Where(tunnel => tunnel.Transit).Select(tunnel => tunnel.Device)],
            [.. PfNetworks.Views(site)],
            PfNetworks.TableIfWanted(site),
            [.. site.Document.Bgp!.Neighbors.Select(neighbor => Session(site, neighbor))],
            PfParts.SshTableIfWanted(site),
            PfParts.DhcpDevices(site),
            PfParts.AcceptsAdvertisements(site)
        );
    }

    private static PfTableView Behind(Site site, TunnelDocument tunnel) =>
        new(
            $"What lies behind the tunnel to {tunnel.Peer}",
            PfParts.Tunnel(site, tunnel).SourcesTable,
            site.PrefixesBehind(tunnel)
        );

    private static PfSessionView Session(Site site, NeighborDocument neighbor)
    {
        var ipv6 = Addresses.IsIpv6(neighbor.Address);
        var device = site.DeviceOver(neighbor.Over);
        return new PfSessionView(
            neighbor.Name,
            device,
            ipv6 ? "inet6" : "inet",
            site.LocalAddress(neighbor.Over, ipv6) ?? $"({device})",
            neighbor.Address,
            BfdPort(neighbor.Session, ipv6)
        );
    }

    /// <summary>One hop has one port, several have another; what bgpd calls several follows from its TTL.</summary>
    private static int? BfdPort(SessionDocument session, bool ipv6)
    {
        if (session.Bfd is null)
        {
            return null;
        }

        return session.Multihop is not null || (session.TtlSecurity && ipv6)
            ? BfdMultihopPort
            : BfdPortOfOneHop;
    }
}
