namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/pf.conf of an edge.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="External">Devices to the Internet, separated by blanks: interfaces and upstream tunnels.</param>
/// <param name="Tables">All tables.</param>
/// <param name="OwnSources">What may not come in on which devices, because it is our own.</param>
/// <param name="Tunnels">All tunnels.</param>
/// <param name="Customers">Tunnels to downstream hosts.</param>
/// <param name="EdgeDevices">Tunnels to other edges of ours.</param>
/// <param name="Networks">Customers with AS numbers of their own.</param>
/// <param name="NetworksTable">Name of the table of all their space; null when there are none.</param>
/// <param name="Sessions">BGP sessions.</param>
/// <param name="SshTable">Name of the table that may reach ssh; null when nobody may.</param>
/// <param name="DhcpDevices">Devices whose address comes by DHCP.</param>
/// <param name="RouterAdvertisements">An interface accepts them.</param>
internal sealed record PfEdgeView(
    string Site,
    string External,
    IReadOnlyList<PfTableView> Tables,
    IReadOnlyList<PfOwnSourcesView> OwnSources,
    IReadOnlyList<PfTunnelView> Tunnels,
    IReadOnlyList<PfTunnelView> Customers,
    IReadOnlyList<string> EdgeDevices,
    IReadOnlyList<PfNetworkView> Networks,
    string? NetworksTable,
    IReadOnlyList<PfSessionView> Sessions,
    string? SshTable,
    IReadOnlyList<string> DhcpDevices,
    bool RouterAdvertisements
);
