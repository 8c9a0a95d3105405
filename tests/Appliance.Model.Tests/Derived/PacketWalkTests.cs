using System.Globalization;
using System.Text;
using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Tests.Derived;

/// <summary>
/// Follows packets through the derived routes of random networks, hop by hop as routers would: by the longest
/// prefix, through the tunnel that has the gateway at its far end.
/// </summary>
public class PacketWalkTests
{
    private const int MostHops = 16;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void From_every_edge_a_packet_reaches_every_host_and_comes_back_out(int seed)
    {
        var network = RandomNetwork(new Random(seed));
        var derived = network.Sites.ToDictionary(
            site => site.Name.Text,
            site => Derivation.For(network, site)
        );
        var edges = network.Sites.Where(site => site.Role == Role.Edge).ToList();
        foreach (var host in network.Sites.Where(site => site.Role == Role.Downstream))
        {
            var inside = host.Prefixes[0].Value.At(0xbeef);
            foreach (var edge in edges)
            {
                Assert.Equal(host.Name.Text, Walk(derived, edge.Name.Text, inside, fib: 0));
            }

            // Answers leave by the host's edge, which has the whole table.
            var outside = IpAddress.Parse("2a00::1");
            Assert.Contains(
                Walk(derived, host.Name.Text, outside, fib: 1),
                edges.Select(e => e.Name.Text)
            );
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void What_nobody_holds_is_dropped_where_it_comes_in(int seed)
    {
        var network = RandomNetwork(new Random(seed));
        foreach (var edge in network.Sites.Where(site => site.Role == Role.Edge))
        {
            var unassigned = network.Prefixes[0].Value.At(UInt128.One << 70);
            var route = Lookup(Derivation.For(network, edge), unassigned, fib: 0);
            Assert.True(route is { IsBlackhole: true });
        }

        foreach (var host in network.Sites.Where(site => site.Role == Role.Downstream))
        {
            var unused = host.Prefixes[0].Value.At(0xdead);
            Assert.True(
                Lookup(Derivation.For(network, host), unused, fib: 1) is { IsBlackhole: true }
            );
        }
    }

    /// <summary>The site at which the packet finds no tunnel to go through any more.</summary>
    private static string Walk(
        Dictionary<string, DerivedSite> sites,
        string from,
        IpAddress to,
        int fib
    )
    {
        for (var hop = 0; hop < MostHops; hop++)
        {
            var site = sites[from];
            var via = Lookup(site, to, fib)?.Via;
            if (via is null)
            {
                return from;
            }

            var tunnel = Assert.Single(site.Tunnels, t => t.InnerRemote == via);
            Assert.Equal(fib, tunnel.Fib);
            from = tunnel.Peer;
            fib = sites[from].Tunnels.Single(t => t.InnerLocal.Address == via).Fib;
        }

        throw new InvalidOperationException($"a packet to {to} goes round in circles");
    }

    private static DerivedRoute? Lookup(DerivedSite site, IpAddress to, int fib) =>
        site
            .Routes.Where(route => route.Fib == fib && route.Destination.Contains(to))
            .MaxBy(route => route.Destination.Length);

    /// <summary>Edges that hang together, somehow, and hosts that each hang on one of them.</summary>
    private static Network RandomNetwork(Random random)
    {
        var edges = random.Next(1, 8);
        var hosts = random.Next(0, 12);
        var text = new StringBuilder(
            Samples.Lab[..Samples.Lab.IndexOf("sites:", StringComparison.Ordinal)]
        );
        text.Append("sites:\n");
        var links = new List<string>();
        for (var i = 0; i < edges + hosts; i++)
        {
            var isEdge = i < edges;
            var own = isEdge
                ? $"loopback: 2001:db8:1c:aaaa::{i + 1:x}, upstreams: {{up: {{asn: 64496, over: wan, neighbor: 198.51.100.1}}}}"
                : $"prefixes: [2001:db8:1c:{i + 4096:x}::/64]";
            text.Append(
                CultureInfo.InvariantCulture,
                $"  s-{i}: {{role: {(isEdge ? "edge" : "downstream")}, profile: p, hostname: s{i}.example.net, {own}, "
            );
            text.Append(
                CultureInfo.InvariantCulture,
                $"interfaces: {{wan: {{match: {{driver: em, index: 0}}, ipv4: 198.51.100.{i + 10}/24, gateway4: 198.51.100.1}}}}}}\n"
            );
            if (i > 0)
            {
                links.Add(Link(random, i, random.Next(Math.Min(i, edges))));
            }
        }

        text.Append("links:\n");
        var shuffled = links.ToArray();
        random.Shuffle(shuffled);
        var loaded = NetworkFile.Read(text + string.Concat(shuffled), "n.yaml");
        if (links.Count > 0)
        {
            Assert.Equal("", loaded.Report.ToText());
            return loaded.Value!;
        }

        return NetworkFile
            .Read(text.ToString().Replace("links:\n", "", StringComparison.Ordinal), "n.yaml")
            .Value!;
    }

    private static string Link(Random random, int one, int other)
    {
        var (first, second) = random.Next(2) == 0 ? (one, other) : (other, one);
        return $"  - {{kind: {(random.Next(2) == 0 ? "gif" : "gre")}, between: [s-{first}, s-{second}]}}\n";
    }
}
