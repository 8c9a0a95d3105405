namespace Appliance.Rendering.Views;

/// <summary>A BGP session as pf.conf(5) sees it.</summary>
/// <param name="Name">Who the neighbor is.</param>
/// <param name="Device">Where it is reached.</param>
/// <param name="Family">"inet" or "inet6".</param>
/// <param name="Local">Our address, or "(device)" where it comes by DHCP.</param>
/// <param name="Remote">The neighbor's address.</param>
/// <param name="BfdPort">UDP port of BFD; null without it.</param>
internal sealed record PfSessionView(
    string Name,
    string Device,
    string Family,
    string Local,
    string Remote,
    int? BfdPort
);
