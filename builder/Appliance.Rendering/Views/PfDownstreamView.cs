namespace Appliance.Rendering.Views;

/// <summary>What stands in /etc/pf.conf of a downstream host.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="External">Devices to the provider, separated by blanks.</param>
/// <param name="ExternalDevices">The same, one by one.</param>
/// <param name="SkippedDevices">Loopback devices, separated by blanks.</param>
/// <param name="Tables">All tables.</param>
/// <param name="Tunnels">All tunnels; all lead to sites of ours.</param>
/// <param name="SshTable">Name of the table that may reach ssh; null when nobody may.</param>
/// <param name="DhcpDevices">Devices whose address comes by DHCP.</param>
/// <param name="AnnouncedBridge">The bridge that holds announced addresses; null when they lie on a loopback.</param>
/// <param name="RouterAdvertisements">An interface accepts them.</param>
internal sealed record PfDownstreamView(
    string Site,
    string External,
    IReadOnlyList<string> ExternalDevices,
    string SkippedDevices,
    IReadOnlyList<PfTableView> Tables,
    IReadOnlyList<PfTunnelView> Tunnels,
    string? SshTable,
    IReadOnlyList<string> DhcpDevices,
    string? AnnouncedBridge,
    bool RouterAdvertisements
);
