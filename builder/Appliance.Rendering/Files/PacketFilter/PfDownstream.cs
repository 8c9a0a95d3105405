using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.PacketFilter;

/// <summary>Decides what stands in the packet filter of a downstream host.</summary>
internal static class PfDownstream
{
    private const string LinkLocal = "fe80::/10";

    public static PfDownstreamView View(Site site)
    {
        var announcedDevice = site.Document.Announced?.Device;
        var onLoopback = announcedDevice?.StartsWith("lo", StringComparison.Ordinal) == true;
        return new PfDownstreamView(
            site.Document.Site,
            PfParts.Macro(site.PhysicalDevices),
            [.. site.PhysicalDevices],
            onLoopback ? $"lo0 {announcedDevice}" : "lo0",
            [
                PfParts.Own(site),
                new PfTableView(
                    "What is announced for this host",
                    "announced",
                    site.Document.Announced?.Prefixes ?? []
                ),
                PfParts.BogonSources(site),
                .. PfParts.SshTables(site),
                .. site.Document.Tunnels.Select(tunnel => IntoTunnel(site, tunnel)),
            ],
            [.. site.Document.Tunnels.Select(tunnel => PfParts.Tunnel(site, tunnel))],
            PfParts.SshTableIfWanted(site),
            PfParts.DhcpDevices(site),
            onLoopback ? null : announcedDevice,
            PfParts.AcceptsAdvertisements(site)
        );
    }

    private static PfTableView IntoTunnel(Site site, TunnelDocument tunnel) =>
        new(
            $"Sources that may enter the tunnel to {tunnel.Peer}",
            PfParts.Tunnel(site, tunnel).SourcesTable,
            [
                .. site.Document.Announced?.Prefixes ?? [],
                Addresses.NetworkOf(tunnel.InnerLocal).ToString(),
                LinkLocal,
            ]
        );
}
