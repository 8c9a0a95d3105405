using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Build.Objects;

/// <summary>What registries should say about a network, so that others believe its announcements.</summary>
public static class RoutingObjects
{
    /// <summary>ROAs to create: each announcement with its own length and no longer one (RFC 9319).</summary>
    public static IReadOnlyList<Vrp> Roas(Network network) =>
        [
            .. network.Prefixes.Select(prefix => new Vrp(
                network.Asn.Value,
                prefix.Value,
                prefix.Value.Length
            )),
        ];

    /// <summary>Each announcement with what RPKI says about it.</summary>
    public static IReadOnlyList<(IpPrefix Prefix, OriginState State)> Check(
        Network network,
        IReadOnlyList<Vrp> vrps
    ) =>
        [
            .. network.Prefixes.Select(prefix =>
                (prefix.Value, StateOf(prefix.Value, network.Asn.Value, vrps))
            ),
        ];

    /// <summary>Origin validation of RFC 6811, section 2; AS 0 names nobody (RFC 6483, section 4).</summary>
    public static OriginState StateOf(IpPrefix prefix, Asn origin, IReadOnlyList<Vrp> vrps)
    {
        var covering = vrps.Where(vrp => vrp.Prefix.Contains(prefix)).ToList();
        if (covering.Count == 0)
        {
            return OriginState.Unknown;
        }

        return covering.Exists(vrp =>
            vrp.Asn == origin && origin.Number != 0 && prefix.Length <= vrp.MaximumLength
        )
            ? OriginState.Valid
            : OriginState.Invalid;
    }

    /// <summary>
    /// Objects in RPSL (RFC 2622, RFC 4012): the AS and its policy, routes, address space, reverse zones. What the network file
    /// does not say is a placeholder in angle brackets.
    /// </summary>
    public static string Rpsl(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        var text = new ObjectText(network.Registry);
        AppendAsn(text, network);
        foreach (var prefix in network.Prefixes.Select(prefix => prefix.Value))
        {
            text.Next();
            text.Append(prefix.Family == IpFamily.Ipv6 ? "route6" : "route", $"{prefix}");
            text.Append("origin", $"AS{network.Asn}");
            text.End();
        }

        foreach (var block in AddressObjects.Of(network))
        {
            AppendBlock(text, block);
        }

        foreach (var zone in network.Prefixes.SelectMany(prefix => ReverseZones.Of(prefix.Value)))
        {
            text.Next();
            text.Append("domain", zone);
            text.AppendContacts();
            text.AppendZone();
            text.End();
        }

        return text.ToString();
    }

    private static void AppendAsn(ObjectText text, Network network)
    {
        text.Append("aut-num", $"AS{network.Asn}");
        text.Append("as-name", network.Name.Text.ToUpperInvariant());
        foreach (var upstream in Sessions(network))
        {
            var family = upstream.Neighbor.Value.IsIpv6 ? "ipv6.unicast" : "ipv4.unicast";
            var from = $"afi {family} from AS{upstream.Asn} accept";
            var to = $"afi {family} to AS{upstream.Asn} announce";
            text.Append("mp-import", $"{from} {Accepted(upstream)}");
            text.Append("mp-export", $"{to} {Announced(network, upstream)}");
            if (upstream.AcceptBlackholes is { } requests)
            {
                text.Append(
                    "remarks",
                    $"AS{upstream.Asn} may have {Droppable(upstream, requests)}"
                );
            }
        }

        text.AppendContacts();
        text.End();
    }

    private static void AppendBlock(ObjectText text, AddressObjects.Block block)
    {
        var isIpv6 = block.Prefix.Family == IpFamily.Ipv6;
        text.Next();
        text.Append(isIpv6 ? "inet6num" : "inetnum", AddressObjects.KeyOf(block.Prefix));
        text.Append("netname", block.Name);
        text.Append("descr", block.Description);
        text.AppendCountryAndContacts();
        text.Append("status", isIpv6 ? "ASSIGNED" : "ASSIGNED PA");
        if (block.Given)
        {
            text.Append("remarks", "whoever gave the prefix has usually registered it");
        }

        text.End();
    }

    /// <summary>One line for a neighboring AS and family, however many sessions there are.</summary>
    private static IEnumerable<Upstream> Sessions(Network network) =>
        network
            .Sites.SelectMany(site => site.Upstreams)
            .DistinctBy(upstream => (upstream.Asn.Value, upstream.Neighbor.Value.Family));

    private static string Accepted(Upstream upstream) =>
        upstream.Role.Value switch
        {
            UpstreamRole.Transit => upstream.TakesRoutes ? "ANY"
            : upstream.TakesDefault ? "{0.0.0.0/0, ::/0}"
            : "NOT ANY",
            UpstreamRole.Customer => $"{{{string.Join(", ", upstream.Prefixes)}}}",
            UpstreamRole.Peer or UpstreamRole.RouteServer => upstream.TakesRoutes
                ? $"AS{upstream.Asn}"
                : "NOT ANY",
        };

    private static string Droppable(Upstream customer, Located<BlackholeRequests> requests)
    {
        var host = IpAddress.WidthOf(customer.Neighbor.Value.Family);
        var parts =
            requests.Value.Shortest is { } shortest && shortest.Value < host
                ? $"parts of its prefixes from /{shortest} to /{host}"
                : $"each /{host} of its prefixes";
        return $"{parts} dropped with {Community.Blackhole} (RFC 7999)";
    }

    private static string Announced(Network network, Upstream upstream)
    {
        if (upstream is { Role.Value: UpstreamRole.Customer, Send.Value: UpstreamSend.Full })
        {
            return "ANY";
        }

        var customers = network
            .Sites.SelectMany(site => site.Upstreams)
            .Where(other =>
                other.Role.Value == UpstreamRole.Customer && other.Asn.Value != upstream.Asn.Value
            )
            .Select(other => $"AS{other.Asn}")
            .Distinct();
        return string.Join(" OR ", customers.Prepend($"AS{network.Asn}"));
    }
}
