using System.Globalization;
using System.Text;

namespace Appliance.Lab.Speakers;

/// <summary>bgpd.conf of OpenBGPD. Its portable version does not touch the kernel's routes on Linux.</summary>
internal static class OpenBgpdConfiguration
{
    /// <summary>
    /// Home of its user, into which it locks itself. The service's unit makes it on other machines; a lab makes it when
    /// it is not there, and removes it again while it is empty.
    /// </summary>
    public const string Prison = "/run/openbgpd";

    public static string Write(SpeakerRole role)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"""
            AS {role.Asn}
            router-id {role.RouterId}
            socket "{Socket(role)}"
            fib-update no
            connect-retry 2
            {string.Join('\n', Listeners(role))}

            """
        );
        foreach (var network in role.Networks)
        {
            // It knows no other path of its own networks than prepending itself.
            text.Append(CultureInfo.InvariantCulture, $"network {network.Prefix}\n");
        }

        foreach (var session in role.Sessions)
        {
            Session(text, session);
        }

        text.Append("allow from any\nallow to any\n");
        return text.ToString();
    }

    /// <summary>Where bgpctl finds it.</summary>
    public static string Socket(SpeakerRole role) => $"{role.Folder}/bgpd.sock";

    private static IEnumerable<string> Listeners(SpeakerRole role) =>
        role
            .Sessions.Select(session => session.Local)
            .Distinct()
            .Select(address => $"listen on {address}");

    private static void Session(StringBuilder text, SpeakerSession session)
    {
        var family = session.IsIpv6 ? "IPv6" : "IPv4";
        var other = session.IsIpv6 ? "IPv4" : "IPv6";
        var password = session.Password is null
            ? ""
            : $"\n  tcp md5sig password \"{session.Password}\"";
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
            neighbor {{session.Peer}} {
              descr {{session.Name}}
              remote-as {{session.PeerAsn}}
              local-address {{session.Local}}
              announce {{other}} none
              announce {{family}} unicast
              enforce neighbor-as no{{password}}
            }

            """
        );
    }
}
