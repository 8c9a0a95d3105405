using System.Globalization;
using System.Text;

namespace Appliance.Lab.Speakers;

/// <summary>frr.conf for an honest speaker that also forwards.</summary>
internal static class FrrSpeakerConfiguration
{
    public static string Write(SpeakerRole role)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            frr defaults traditional
            service integrated-vtysh-config
            router bgp {role.Asn}
             bgp router-id {role.RouterId}
             no bgp ebgp-requires-policy
             no bgp network import-check
             no bgp default ipv4-unicast

            """
        );
        foreach (var session in role.Sessions)
        {
            Session(text, session);
        }

        Family(text, role, "ipv4", ipv6: false);
        Family(text, role, "ipv6", ipv6: true);
        text.Append("exit\n");
        foreach (var network in role.Networks.Where(network => network.Behind.Count > 0))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"route-map {MapOf(network)} permit 10\n set as-path prepend {string.Join(' ', network.Behind)}\nexit\n"
            );
        }

        return text.ToString();
    }

    private static void Session(StringBuilder text, SpeakerSession session)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
             neighbor {session.Peer} remote-as {session.PeerAsn}
             neighbor {session.Peer} update-source {session.Local}
             neighbor {session.Peer} disable-connected-check
             neighbor {session.Peer} timers connect 2
             neighbor {session.Peer} advertisement-interval 0

            """
        );
        if (session.Password is { } password)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $" neighbor {session.Peer} password {password}\n"
            );
        }
    }

    private static void Family(StringBuilder text, SpeakerRole role, string name, bool ipv6)
    {
        text.Append(CultureInfo.InvariantCulture, $" address-family {name} unicast\n");
        foreach (var network in role.Networks.Where(network => network.IsIpv6 == ipv6))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"  network {network.Prefix}{(network.Behind.Count > 0 ? $" route-map {MapOf(network)}" : "")}\n"
            );
        }

        foreach (var session in role.Sessions.Where(session => session.IsIpv6 == ipv6))
        {
            text.Append(CultureInfo.InvariantCulture, $"  neighbor {session.Peer} activate\n");
        }

        text.Append(" exit-address-family\n");
    }

    private static string MapOf(SpeakerNetwork network) =>
        $"behind-{string.Join('-', network.Behind)}";
}
