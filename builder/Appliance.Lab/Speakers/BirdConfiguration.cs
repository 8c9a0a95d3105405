using System.Globalization;
using System.Text;

namespace Appliance.Lab.Speakers;

/// <summary>bird.conf of BIRD 2 for an honest speaker that also forwards.</summary>
internal static class BirdConfiguration
{
    public static string Write(SpeakerRole role)
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
            # Written by the lab.
            log "{{role.Folder}}/bird.log" all;
            router id {{role.RouterId}};
            protocol device { scan time 2; }
            protocol direct { ipv4; ipv6; }
            protocol kernel kernel4 { ipv4 { import none; export where source = RTS_BGP; }; }
            protocol kernel kernel6 { ipv6 { import none; export where source = RTS_BGP; }; }

            """
        );
        Networks(text, "ipv4", [.. role.Networks.Where(network => !network.IsIpv6)]);
        Networks(text, "ipv6", [.. role.Networks.Where(network => network.IsIpv6)]);
        foreach (var session in role.Sessions.Where(session => session.Bfd is not null))
        {
            Detection(text, session);
        }

        foreach (var session in role.Sessions)
        {
            Session(text, role.Asn, session);
        }

        return text.ToString();
    }

    private static void Networks(
        StringBuilder text,
        string channel,
        IReadOnlyList<SpeakerNetwork> networks
    )
    {
        if (networks.Count == 0)
        {
            return;
        }

        text.Append(
            CultureInfo.InvariantCulture,
            $"protocol static own_{channel} {{\n  {channel};\n"
        );
        foreach (var network in networks)
        {
            text.Append(CultureInfo.InvariantCulture, $"  route {network.Prefix} blackhole");
            text.Append(
                network.Behind.Count == 0
                    ? ";\n"
                    : $" {{ {string.Concat(network.Behind.Reverse().Select(Prepend))}}};\n"
            );
        }

        text.Append("}\n");
    }

    private static string Prepend(uint asn) => $"bgp_path.prepend({asn}); ";

    private static void Detection(StringBuilder text, SpeakerSession session) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
            protocol bfd {
              interface "{{session.Device}}" { interval {{session.Bfd!.Interval}} ms; multiplier {{session.Bfd.Multiplier}}; };
            }

            """
        );

    private static void Session(StringBuilder text, uint asn, SpeakerSession session)
    {
        var detection = session.Bfd is null ? "" : "\n  bfd on;";
        var security = session.TtlSecurity ? "\n  ttl security on;" : "";
        var password = session.Password is null ? "" : $"\n  password \"{session.Password}\";";
        text.Append(
            CultureInfo.InvariantCulture,
            $$"""
            protocol bgp {{session.Name}} {
              local {{session.Local}} as {{asn}};
              neighbor {{session.Peer}} as {{session.PeerAsn}};
              interface "{{session.Device}}";
              direct;
              connect delay time 1;
              connect retry time 2;
              error wait time 1, 2;
              error forget time 1;{{password}}{{detection}}{{security}}
              {{(
                session.IsIpv6 ? "ipv6" : "ipv4"
            )}} {
                import all;
                export where source = RTS_BGP || source = RTS_STATIC;
                next hop self ebgp;
              };
            }

            """
        );
    }
}
