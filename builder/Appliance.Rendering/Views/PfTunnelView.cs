namespace Appliance.Rendering.Views;

/// <summary>A tunnel as pf.conf(5) sees it: outer packets on one device, inner ones on another.</summary>
/// <param name="Peer">Who is at the far end.</param>
/// <param name="Device">The tunnel device.</param>
/// <param name="OuterDevice">The device of the outer packets.</param>
/// <param name="Protocol">IP protocol of the outer packets: 41 or 47.</param>
/// <param name="Local">Outer address of this end.</param>
/// <param name="Remote">Outer address of the far end.</param>
/// <param name="InnerRemote">Inner address of the far end.</param>
/// <param name="Mss6">Largest TCP segment over IPv6.</param>
/// <param name="Mss4">Largest TCP segment over IPv4.</param>
/// <param name="SourcesTable">Name of the table of what may come out of the tunnel, or be sent into it.</param>
internal sealed record PfTunnelView(
    string Peer,
    string Device,
    string OuterDevice,
    int Protocol,
    string Local,
    string Remote,
    string InnerRemote,
    int Mss6,
    int Mss4,
    string SourcesTable
);
