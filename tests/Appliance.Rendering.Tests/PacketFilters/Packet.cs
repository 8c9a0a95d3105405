using System.Net;

namespace Appliance.Rendering.Tests.PacketFilters;

/// <summary>The first packet of a flow, as it crosses a device.</summary>
/// <param name="Direction">"in" or "out".</param>
/// <param name="Device">Where it crosses.</param>
/// <param name="Protocol">"tcp", "udp", "icmp", "icmp6", "41" or "47".</param>
/// <param name="Source">Source address.</param>
/// <param name="Destination">Destination address.</param>
/// <param name="Port">Destination port, or ICMP type.</param>
internal sealed record Packet(
    string Direction,
    string Device,
    string Protocol,
    string Source,
    string Destination,
    int Port = 0
)
{
    public bool IsIpv6 =>
        IPAddress.Parse(Source).AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
}
