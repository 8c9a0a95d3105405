using System.Globalization;
using System.Text;

namespace Appliance.Build.Tests.Sizes;

/// <summary>A network file of one edge and one downstream, with as many things of one kind as a test wants.</summary>
internal sealed class SizedNetwork
{
    private readonly List<string> prefixes = ["\"2001:db8:1c::/48\""];
    private readonly List<string> caches = ["{host: 192.0.2.53}"];
    private readonly List<string> nameservers = ["192.0.2.1"];
    private readonly List<string> timeServers = ["192.0.2.123"];
    private readonly List<string> names = [];
    private readonly List<string> blackholes = [];
    private readonly List<string> sshKeys = [Key(0)];
    private readonly List<string> sshFrom = ["192.0.2.0/24"];
    private readonly List<string> loopbacks = ["\"2001:db8:1c::1\""];
    private readonly List<string> interfaces = [];
    private readonly List<string> communities = [];
    private readonly List<string> upstreams = [];
    private readonly List<string> routes = [];
    private readonly List<string> sitePrefixes = ["\"2001:db8:1c:1000::/64\""];
    private readonly List<string> addresses = [];
    private readonly List<string> jails = [];
    private readonly List<string> edges = [];
    private readonly List<string> downstreams = [];
    private readonly List<string> links = ["  - {kind: gif, between: [edge, host]}"];

    private static readonly Dictionary<string, Action<SizedNetwork, int>> Kinds = new()
    {
        ["announced prefixes"] = (n, i) => n.prefixes.Add($"\"2001:db8:{0x1000 + i:x}::/48\""),
        ["caches"] = (n, i) => n.caches.Add($"{{host: {Address(i)}}}"),
        ["nameservers"] = (n, i) => n.nameservers.Add(Address(i)),
        ["time servers"] = (n, i) => n.timeServers.Add(Address(i)),
        ["names of communities"] = (n, i) => n.names.Add($"c{i}: \"64500:{i}\""),
        ["blackholes"] = (n, i) => n.blackholes.Add($"\"2001:db8:1c:bad::{i:x}/128\""),
        ["ssh keys"] = (n, i) => n.sshKeys.Add(Key(i)),
        ["ssh_from"] = (n, i) => n.sshFrom.Add($"10.{i / 250}.{i % 250}.0/24"),
        ["loopbacks"] = (n, i) => n.loopbacks.Add($"\"2001:db8:1c::{i + 1:x}\""),
        ["interfaces"] = (n, i) => n.interfaces.Add(Interface(i)),
        ["communities"] = (n, i) => n.communities.Add($"\"64500:{i}\""),
        ["large communities"] = (n, i) => n.communities.Add($"\"64500:1:{i}\""),
        ["neighbors"] = (n, i) => n.upstreams.Add(Neighbor(i)),
        ["tunnels"] = (n, i) => n.upstreams.Add(Tunnel(i, $"2001:db8:{0x4000 + i:x}:", "")),
        ["tunnels in own space"] = (n, i) =>
            n.upstreams.Add(Tunnel(i, $"2001:db8:1c:{0x4000 + i:x}:", "")),
        ["customers"] = (n, i) =>
            n.upstreams.Add(
                Tunnel(
                    i,
                    $"2001:db8:{0x4000 + i:x}:",
                    $", role: customer, prefixes: [\"2d01:{i:x}::/32\"], accept_blackholes: true"
                )
            ),
        ["routes"] = (n, i) =>
            n.routes.Add($"{{to: \"2001:db8:{0x5000 + i:x}::/48\", via: \"2001:db8:100::1\"}}"),
        ["prefixes"] = (n, i) => n.sitePrefixes.Add($"\"2001:db8:1c:{0x1000 + i:x}::/64\""),
        ["addresses"] = (n, i) => n.addresses.Add($"\"2001:db8:1c:1000::{0x100 + i:x}\""),
        ["jails"] = (n, i) =>
            n.jails.Add($"webserver{i}: {{address: \"2001:db8:1c:1000::{0x100 + i:x}\"}}"),
        ["hosts"] = (n, i) => n.AddHost(i),
        ["edges"] = (n, i) => n.AddEdge(i),
    };

    public static IEnumerable<string> AllKinds => Kinds.Keys;

    /// <summary>The text of a network with <paramref name="count"/> things of a kind beside those of the base.</summary>
    public static string Of(string kind, int count)
    {
        var network = new SizedNetwork();
        for (var i = 1; i <= count; i++)
        {
            Kinds[kind](network, i);
        }

        return network.ToString();
    }

    public override string ToString() =>
        $$$"""
            schema: 1
            network: sized
            lab: true
            asn: 64500
            prefixes: [{{{Joined(prefixes)}}}]
            link_prefix: 2001:db8:1c:ffff::/64
            rpki: {caches: [{{{Joined(caches)}}}]}
            nameservers: [{{{Joined(nameservers)}}}]
            time_servers: [{{{Joined(timeServers)}}}]
            communities: { {{{Joined(names)}}} }
            blackholes: [{{{Joined(blackholes)}}}]
            admin: {ssh_keys: [{{{Joined(sshKeys)}}}], ssh_from: [{{{Joined(sshFrom)}}}]}
            sites:
              edge:
                role: edge
                profile: edge
                hostname: edge.example.net
                loopback: [{{{Joined(loopbacks)}}}]
                interfaces:
                  wan: {match: {driver: vtnet, index: 0}, ipv4: 198.51.100.10/24, gateway4: 198.51.100.1, ipv6: "2001:db8:100::96/64", gateway6: "2001:db8:100::1"}
            {{{Lines(interfaces, 6)}}}
                upstreams:
                  first: {asn: 64496, over: wan, neighbor: "2001:db8:100::1", communities: [{{{Joined(
                communities
            )}}}], blackhole: "64496:666"}
            {{{Lines(upstreams, 6)}}}
                routes: [{{{Joined(routes)}}}]
              host:
                role: downstream
                profile: downstream
                hostname: host.example.net
                interfaces: {wan: {match: {driver: vtnet, index: 0}, ipv4: 203.0.113.10/24, gateway4: 203.0.113.1}}
                prefixes: [{{{Joined(sitePrefixes)}}}]
                addresses: [{{{Joined(addresses)}}}]
                jails: { {{{Joined(jails)}}} }
            {{{Lines(edges, 2)}}}
            {{{Lines(downstreams, 2)}}}
            links:
            {{{string.Join('\n', links)}}}

            """;

    private void AddHost(int i)
    {
        downstreams.Add(
            $"host{i}: {{role: downstream, profile: downstream, hostname: host{i}.example.net, "
                + $"interfaces: {{wan: {{match: {{driver: vtnet, index: 0}}, ipv4: {Address(i)}/31, gateway4: {Gateway(i)}}}}}, "
                + $"prefixes: [\"2001:db8:1c:{0x1000 + i:x}::/64\"]}}"
        );
        links.Add($"  - {{kind: gif, between: [edge, host{i}]}}");
    }

    private void AddEdge(int i)
    {
        edges.Add(
            $"edge{i}: {{role: edge, profile: edge, hostname: edge{i}.example.net, loopback: \"2001:db8:1c::{i + 1:x}\", "
                + $"interfaces: {{wan: {{match: {{driver: vtnet, index: 0}}, ipv4: {Address(i)}/31, gateway4: {Gateway(i)}}}}}}}"
        );
        links.Add($"  - {{kind: gre, between: [edge, edge{i}]}}");
    }

    /// <summary>Each has units from 0 to 255.</summary>
    private static readonly string[] Drivers = ["vtnet", "igc", "ix", "em", "re"];

    private static string Interface(int i) =>
        $"lan{i}: {{match: {{driver: {Drivers[i / 250]}, index: {i % 250}}}, ipv4: 10.{i / 250}.{i % 250}.1/24}}";

    private static string Neighbor(int i) =>
        $"n{i}: {{asn: {4200000000 + i}, over: wan, neighbor: \"2001:db8:100::{0x1000 + i:x}\"}}";

    private static string Tunnel(int i, string space, string more) =>
        $"t{i}: {{asn: {4200000000 + i}, over: {{gre: {{remote: {Address(i)}, address: \"{space}:2/127\"}}}}, neighbor: \"{space}:3\"{more}}}";

    /// <summary>The first address of a /31, from 198.18.0.0/15.</summary>
    private static string Address(int i) => $"198.18.{i / 100}.{i % 100 * 2}";

    private static string Gateway(int i) => $"198.18.{i / 100}.{(i % 100 * 2) + 1}";

    private static string Key(int i)
    {
        byte[] blob =
        [
            0,
            0,
            0,
            11,
            .. "ssh-ed25519"u8,
            0,
            0,
            0,
            32,
            .. Encoding.ASCII.GetBytes(i.ToString("D32", CultureInfo.InvariantCulture)),
        ];
        return $"\"ssh-ed25519 {Convert.ToBase64String(blob)} key{i}\"";
    }

    private static string Joined(List<string> items) => string.Join(", ", items);

    private static string Lines(List<string> items, int indent) =>
        string.Join('\n', items.Select(item => new string(' ', indent) + item));
}
