using System.Globalization;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;

namespace Appliance.Rendering.Files.RcConf;

/// <summary>gif(4) and gre(4): outer addresses, the FIBs of both sides, and the inner link.</summary>
internal static class RcTunnels
{
    public static void Add(Site site, SettingGroups groups)
    {
        foreach (var tunnel in site.Document.Tunnels)
        {
            groups.AddQuoted(
                $"Tunnel to {tunnel.Peer}",
                ($"ifconfig_{tunnel.Device}", Outer(tunnel)),
                ($"ifconfig_{tunnel.Device}_ipv6", Inner(tunnel))
            );
        }
    }

    // The FIB stands before the addresses are set: an address puts its route into the FIB of that moment.
    private static string Outer(TunnelDocument tunnel) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"tunnel {tunnel.OuterLocal} {tunnel.OuterRemote} tunnelfib {tunnel.TunnelFib} fib {tunnel.Fib} mtu {tunnel.Mtu}"
        );

    // ifconfig(8) wants the far end of a point-to-point link exactly when the prefix length is 128.
    private static string Inner(TunnelDocument tunnel)
    {
        var address = Addresses.WithoutLength(tunnel.InnerLocal);
        var length = Addresses.LengthOf(tunnel.InnerLocal);
        return length == 128
            ? $"inet6 {address} {tunnel.InnerRemote} prefixlen 128"
            : string.Create(CultureInfo.InvariantCulture, $"inet6 {address} prefixlen {length}");
    }
}
