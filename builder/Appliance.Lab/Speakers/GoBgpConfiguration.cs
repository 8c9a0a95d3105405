using System.Globalization;
using System.Text;

namespace Appliance.Lab.Speakers;

/// <summary>gobgpd.toml. Networks are added by its command line, and the kernel's routes are not touched.</summary>
internal static class GoBgpConfiguration
{
    public static string Write(SpeakerRole role)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            [global.config]
              as = {role.Asn}
              router-id = "{role.RouterId}"
              port = 179
              local-address-list = [{string.Join(
                ", ",
                role.Sessions.Select(session => $"\"{session.Local}\"").Distinct()
            )}]

            """
        );
        foreach (var session in role.Sessions)
        {
            Session(text, session);
        }

        return text.ToString();
    }

    /// <summary>Arguments of gobgp(1) that announce a network.</summary>
    public static IReadOnlyList<string> Announce(SpeakerNetwork network) =>
        [
            "global",
            "rib",
            "add",
            network.Prefix.ToString(),
            "-a",
            network.IsIpv6 ? "ipv6" : "ipv4",
            .. network.Behind.Count > 0 ? new[] { "aspath", string.Join(' ', network.Behind) } : [],
        ];

    private static void Session(StringBuilder text, SpeakerSession session)
    {
        var password = session.Password is null
            ? ""
            : $"\n    auth-password = \"{session.Password}\"";
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            [[neighbors]]
              [neighbors.config]
                neighbor-address = "{session.Peer}"
                peer-as = {session.PeerAsn}{password}
              [neighbors.transport.config]
                local-address = "{session.Local}"
              [neighbors.timers.config]
                connect-retry = 2
                idle-hold-time-after-reset = 2
              [[neighbors.afi-safis]]
                [neighbors.afi-safis.config]
                  afi-safi-name = "{(session.IsIpv6 ? "ipv6-unicast" : "ipv4-unicast")}"

            """
        );
    }
}
