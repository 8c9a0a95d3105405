using System.Globalization;
using System.Text;

namespace Appliance.Lab.Speakers;

/// <summary>exabgp.conf. It announces and passes nothing on.</summary>
internal static class ExaBgpConfiguration
{
    public static string Write(SpeakerRole role)
    {
        var text = new StringBuilder();
        foreach (var session in role.Sessions.Where(session => session.IsEdge))
        {
            Session(text, role, session);
        }

        return text.ToString();
    }

    /// <summary>Without its command line and its pipes, as root in the foreground.</summary>
    public static IReadOnlyDictionary<string, string> Environment { get; } =
        new Dictionary<string, string>
        {
            ["exabgp.api.cli"] = "false",
            ["exabgp.daemon.daemonize"] = "false",
            ["exabgp.daemon.user"] = "root",
            ["exabgp.daemon.drop"] = "false",
            ["exabgp.log.destination"] = "stdout",
            ["exabgp.tcp.bind"] = "",
        };

    private static void Session(StringBuilder text, SpeakerRole role, SpeakerSession session)
    {
        var password = session.Password is null ? "" : $"\n  md5-password \"{session.Password}\";";
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
            neighbor {{session.Peer}} {
              router-id {{role.RouterId}};
              local-address {{session.Local}};
              local-as {{role.Asn}};
              peer-as {{session.PeerAsn}};{{password}}
              family { {{(session.IsIpv6 ? "ipv6" : "ipv4")}} unicast; }
              static {

            """
        );
        foreach (var network in role.Networks.Where(network => network.IsIpv6 == session.IsIpv6))
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"    route {network.Prefix} next-hop {session.Local} as-path [ {string.Join(' ', [role.Asn, .. network.Behind])} ];\n"
            );
        }

        text.Append("  }\n}\n");
    }
}
