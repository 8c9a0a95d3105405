using Appliance.Rendering.Documents;
using static Appliance.Rendering.Validation.FieldChecks;

namespace Appliance.Rendering.Validation;

/// <summary>Tunnel devices.</summary>
internal static class TunnelValidation
{
    // RFC 8200: every link that carries IPv6 has at least this MTU.
    private const int MinimumMtu = 1280;
    private const int MaximumMtu = 65515;

    // The header of TCP over IPv6 is 60 bytes; 536 is the least every host takes (RFC 9293).
    private const int MinimumMss = 536;

    public static void Check(SiteDocument document)
    {
        RequireUnique("$.tunnels", document.Tunnels.Select(tunnel => tunnel.Device));
        for (var index = 0; index < document.Tunnels.Count; index++)
        {
            CheckTunnel($"$.tunnels[{index}]", document.Tunnels[index], document);
        }
    }

    private static void CheckTunnel(string where, TunnelDocument tunnel, SiteDocument document)
    {
        Require($"{where}.device", tunnel.Device, Grammar.IsDevice, "a device such as gif0");
        RequireThat(
            $"{where}.device",
            tunnel.Device.StartsWith(
                tunnel.Kind == TunnelKind.Gif ? "gif" : "gre",
                StringComparison.Ordinal
            ),
            "the device is not of the tunnel's kind"
        );
        RequireThat(
            $"{where}.transit",
            !tunnel.Transit || (document.Role == SiteRole.Edge && !tunnel.Upstream),
            "only a tunnel between two edges of ours carries transit"
        );
        Require(
            $"{where}.peer",
            tunnel.Peer,
            Grammar.IsName,
            "a name (letters, digits, '-', '_', '.')"
        );
        RequireThat(
            $"{where}.over",
            document.Interfaces.Any(item => item.Name == tunnel.Over),
            "there is no such interface"
        );
        Require($"{where}.outer_local", tunnel.OuterLocal, Grammar.IsIpv4, "an IPv4 address");
        Require($"{where}.outer_remote", tunnel.OuterRemote, Grammar.IsIpv4, "an IPv4 address");
        Require(
            $"{where}.inner_local",
            tunnel.InnerLocal,
            Grammar.IsIpv6WithLength,
            "an IPv6 address with prefix length"
        );
        Require($"{where}.inner_remote", tunnel.InnerRemote, Grammar.IsIpv6, "an IPv6 address");
        CheckNumbers(where, tunnel, document.System.Fibs);
    }

    private static void CheckNumbers(string where, TunnelDocument tunnel, int fibs)
    {
        RequireRange($"{where}.fib", tunnel.Fib, 0, fibs - 1);
        RequireRange($"{where}.tunnel_fib", tunnel.TunnelFib, 0, fibs - 1);
        RequireRange($"{where}.mtu", tunnel.Mtu, MinimumMtu, MaximumMtu);
        RequireRange($"{where}.mss6", tunnel.Mss6, MinimumMss, tunnel.Mtu - 60);
        RequireRange($"{where}.mss4", tunnel.Mss4, MinimumMss, tunnel.Mtu - 40);
    }
}
