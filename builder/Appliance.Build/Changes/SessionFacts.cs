using System.Globalization;
using Appliance.Rendering.Documents;

namespace Appliance.Build.Changes;

/// <summary>Everything about a session that its neighbor or its operator would notice, as label and value.</summary>
internal static class SessionFacts
{
    /// <summary>Always the same labels in the same order.</summary>
    public static IReadOnlyList<(string Label, string Value)> Of(
        SiteDocument edge,
        NeighborDocument neighbor
    )
    {
        var session = neighbor.Session;
        return
        [
            ("role", RoleOf(neighbor.Role)),
            ("AS", Text(neighbor.Asn)),
            ("our AS", Text(edge.Asn)),
            ("address", neighbor.Address),
            ("our address", OwnAddress(edge, neighbor) ?? "by DHCP"),
            ("over", Over(edge, neighbor)),
            (
                "password",
                neighbor.PasswordSecret is { } name ? $"the secret {name} is needed" : "none"
            ),
            (
                "state",
                session.Shutdown is { } reason ? $"switched off: {reason}"
                : neighbor.Drain ? "drained"
                : "on"
            ),
            ("local preference", neighbor.LocalPreference is { } own ? Text(own) : "of its role"),
            ("hops", Text(session.Multihop ?? 1)),
            ("TTL security", OnOff(session.TtlSecurity)),
            (
                "BFD",
                session.Bfd is { } bfd
                    ? $"{Text(bfd.Multiplier)} times {Text(bfd.Interval)} ms"
                    : "off"
            ),
            (
                "timers",
                session.Keepalive is { } keepalive
                    ? $"keepalive {Text(keepalive)} s, hold {Text(session.Hold!.Value)} s"
                    : "usual"
            ),
            ("graceful restart", Restart(session.GracefulRestart)),
            ("role of the neighbor must be told", session.StrictRole ? "yes" : "no"),
        ];
    }

    /// <summary>"transit, AS64496, 2001:db8:100::1 over wan".</summary>
    public static string Summary(SiteDocument edge, NeighborDocument neighbor) =>
        $"{RoleOf(neighbor.Role)}, AS{Text(neighbor.Asn)}, {neighbor.Address} over {Over(edge, neighbor)}"
        + (neighbor.PasswordSecret is { } name ? $", the secret {name} is needed" : "")
        + (neighbor.Session.Shutdown is { } reason ? $", switched off: {reason}" : "");

    private static string RoleOf(NeighborRole role) =>
        role switch
        {
            NeighborRole.Transit => "transit",
            NeighborRole.Peer => "peer",
            NeighborRole.RouteServer => "route server",
            NeighborRole.Customer => "customer",
        };

    private static string Over(SiteDocument edge, NeighborDocument neighbor) =>
        edge.Tunnels.FirstOrDefault(tunnel => tunnel.Device == neighbor.Over) is { } tunnel
            ? $"{(tunnel.Kind == TunnelKind.Gre ? "gre" : "gif")} from {tunnel.OuterLocal} to {tunnel.OuterRemote}"
            : neighbor.Over;

    private static string? OwnAddress(SiteDocument edge, NeighborDocument neighbor)
    {
        if (edge.Tunnels.FirstOrDefault(item => item.Device == neighbor.Over) is { } tunnel)
        {
            return tunnel.InnerLocal;
        }

        var device = edge.Interfaces.FirstOrDefault(item => item.Name == neighbor.Over);
        return Announcements.IsIpv6(neighbor.Address) ? device?.Ipv6 : device?.Ipv4;
    }

    private static string Restart(GracefulRestartMode mode) =>
        mode switch
        {
            GracefulRestartMode.Helper => "for the neighbor",
            GracefulRestartMode.Restart => "for both",
            GracefulRestartMode.Off => "off",
        };

    private static string OnOff(bool value) => value ? "on" : "off";

    private static string Text(IFormattable number) =>
        number.ToString(null, CultureInfo.InvariantCulture);
}
