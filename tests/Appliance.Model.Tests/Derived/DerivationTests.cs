using Appliance.Model.Derived;
using Appliance.Model.Networks;

namespace Appliance.Model.Tests.Derived;

public class DerivationTests
{
    [Fact]
    public void The_edge_of_the_example_has_its_tunnels_routes_and_sessions()
    {
        var site = Derive(ShippedFiles.Network("example"), "router01");
        Assert.Equal(
            [
                "gif0 gif vps01 upstream=False over wan 198.51.100.10>203.0.113.10 fib 0/0 mtu 1480 1420/1440 2001:db8:1c:ffff::2/127>2001:db8:1c:ffff::3",
                "gre0 gre ifog upstream=True over wan 198.51.100.10>198.51.100.44 fib 0/0 mtu 1476 1416/1436 2001:db8:300::2/127>2001:db8:300::3",
            ],
            site.Tunnels.Select(Text)
        );
        Assert.Equal(
            [
                "aggregate1 2001:db8:1c::/48 blackhole fib 0",
                "vps01_1 2001:db8:1c:1000::/64 2001:db8:1c:ffff::3 fib 0",
            ],
            site.Routes.Select(Text)
        );
        Assert.Equal("198.51.100.10", site.RouterId.ToString());
        Assert.Equal(
            ["lagrange wan", "ifog gre0"],
            site.Neighbors.Select(n => $"{n.Upstream.Name} {n.Over}")
        );
        Assert.Null(site.Announced);
    }

    [Fact]
    public void The_downstream_of_the_example_is_the_other_end()
    {
        var site = Derive(ShippedFiles.Network("example"), "vps01");
        Assert.Equal(
            [
                "gif0 gif router01 upstream=False over wan 203.0.113.10>198.51.100.10 fib 0/1 mtu 1480 1420/1440 2001:db8:1c:ffff::3/127>2001:db8:1c:ffff::2",
            ],
            site.Tunnels.Select(Text)
        );
        Assert.Equal(
            [
                "default_fib1 ::/0 2001:db8:1c:ffff::2 fib 1",
                "own1 2001:db8:1c:1000::/64 blackhole fib 1",
            ],
            site.Routes.Select(Text)
        );
        Assert.True(site.Routes[0].IsDefault);
        Assert.Null(site.RouterId);
        Assert.Empty(site.Neighbors);
        Assert.Equal("lo1", site.Announced!.Device);
        Assert.Equal("2001:db8:1c:1000::/64", Assert.Single(site.Announced.Prefixes).ToString());
        Assert.Equal("2001:db8:1c:1000::1", Assert.Single(site.Announced.Addresses).ToString());
        Assert.Equal("web", Assert.Single(site.Announced.Jails).Name.Text);
    }

    [Fact]
    public void An_edge_reaches_the_other_edges_hosts_and_loopback_over_their_link()
    {
        var network = ShippedFiles.Network("two-edges");
        Assert.Equal(
            [
                "aggregate1 2001:db8:2c::/47 blackhole fib 0",
                "aggregate2 192.0.2.0/24 blackhole fib 0",
                "fra1_lo1 2001:db8:2c::2/128 2001:db8:2c:ffff::3 fib 0",
                "web1_1 2001:db8:2c:1000::/64 2001:db8:2c:ffff::5 fib 0",
                "web1_2 2001:db8:2c:1001::/64 2001:db8:2c:ffff::5 fib 0",
                "dns1_1 2001:db8:2c:2000::/64 2001:db8:2c:ffff::3 fib 0",
                "db1_1 2001:db8:2d::/56 2001:db8:2c:ffff::3 fib 0",
            ],
            Derive(network, "ams1").Routes.Select(Text)
        );
        Assert.Equal(
            [
                "aggregate1 2001:db8:2c::/47 blackhole fib 0",
                "aggregate2 192.0.2.0/24 blackhole fib 0",
                "ams1_lo1 2001:db8:2c::1/128 2001:db8:2c:ffff::2 fib 0",
                "web1_1 2001:db8:2c:1000::/64 2001:db8:2c:ffff::2 fib 0",
                "web1_2 2001:db8:2c:1001::/64 2001:db8:2c:ffff::2 fib 0",
                "dns1_1 2001:db8:2c:2000::/64 2001:db8:2c:ffff::7 fib 0",
                "db1_1 2001:db8:2d::/56 2001:db8:2c:ffff::15 fib 0",
            ],
            Derive(network, "fra1").Routes.Select(Text)
        );
    }

    [Fact]
    public void Devices_are_counted_per_kind_with_links_before_upstreams()
    {
        var network = ShippedFiles.Network("two-edges");
        Assert.Equal(["gre0 fra1", "gif0 web1"], Devices(network, "ams1"));
        Assert.Equal(
            ["gre0 ams1", "gif0 dns1", "gre1 db1", "gif1 tunnelbroker"],
            Devices(network, "fra1")
        );
    }

    [Fact]
    public void Only_a_tunnel_between_two_edges_carries_transit()
    {
        var network = ShippedFiles.Network("two-edges");
        var carrying = network
            .Sites.SelectMany(site => Derivation.For(network, site).Tunnels, (site, t) => (site, t))
            .Where(pair => pair.t.IsTransit)
            .Select(pair => $"{pair.site.Name} {pair.t.Peer}");
        Assert.Equal(["ams1 fra1", "fra1 ams1"], carrying);
    }

    [Fact]
    public void Both_ends_have_the_mtu_that_fits_the_smaller_underlay()
    {
        var network = ShippedFiles.Network("two-edges");
        foreach (
            var (one, other, mtu) in new[]
            {
                ("fra1", "dns1", 1380),
                ("ams1", "fra1", 1476),
                ("fra1", "db1", 1400),
            }
        )
        {
            Assert.Equal(mtu, Tunnel(network, one, other).Mtu.Bytes);
            Assert.Equal(mtu, Tunnel(network, other, one).Mtu.Bytes);
        }

        Assert.Equal(1472, Tunnel(network, "fra1", "tunnelbroker").Mtu.Bytes);
    }

    [Theory]
    [InlineData("example")]
    [InlineData("two-edges")]
    public void The_two_ends_of_every_link_agree(string name)
    {
        var network = ShippedFiles.Network(name);
        foreach (var link in network.Links)
        {
            var one = Tunnel(network, link.First.Value.Text, link.Second.Value.Text);
            var other = Tunnel(network, link.Second.Value.Text, link.First.Value.Text);
            Assert.Equal(one.Protocol, other.Protocol);
            Assert.Equal(one.Mtu, other.Mtu);
            Assert.Equal((one.OuterLocal, one.OuterRemote), (other.OuterRemote, other.OuterLocal));
            Assert.Equal(
                (one.InnerLocal.Address, one.InnerRemote),
                (other.InnerRemote, other.InnerLocal.Address)
            );
            Assert.Equal(one.InnerLocal.Prefix, other.InnerLocal.Prefix);
            Assert.Equal(127, one.InnerLocal.Length);
            Assert.True(network.LinkPrefix!.Value.Contains(one.InnerLocal.Prefix));
        }
    }

    [Theory]
    [InlineData("example")]
    [InlineData("two-edges")]
    public void Names_of_devices_and_routes_are_unique_words(string name)
    {
        var network = ShippedFiles.Network(name);
        foreach (var site in network.Sites)
        {
            var derived = Derivation.For(network, site);
            var routes = derived.Routes.Select(r => r.Name).ToList();
            Assert.Equal(routes.Distinct(), routes);
            Assert.All(routes, word => Assert.Matches("^[a-z0-9_]+$", word));
            var devices = derived.Tunnels.Select(t => t.Device).ToList();
            Assert.Equal(devices.Distinct(), devices);
        }
    }

    [Fact]
    public void A_router_id_that_is_written_counts_before_addresses()
    {
        var text = Samples.Lab.Replace(
            "    upstreams:\n",
            "    router_id: 192.0.2.200\n    upstreams:\n",
            StringComparison.Ordinal
        );
        var network = NetworkFile.Read(text, "n.yaml").Value!;
        Assert.Equal("192.0.2.200", Derive(network, "router01").RouterId.ToString());
    }

    [Fact]
    public void A_tunnel_runs_over_the_interface_that_is_named_or_has_the_local_address()
    {
        var lan =
            "      lan: {match: {driver: vtnet, index: 1}, ipv4: 192.0.2.10/24, mtu: 1400}\n    upstreams:\n";
        var two = Samples.Lab.Replace("    upstreams:\n", lan, StringComparison.Ordinal);
        var byLocal = two.Replace(
            "remote: 198.51.100.44",
            "local: 192.0.2.10\n            remote: 198.51.100.44",
            StringComparison.Ordinal
        );
        var byName = two.Replace(
            "remote: 198.51.100.44",
            "over: lan\n            remote: 198.51.100.44",
            StringComparison.Ordinal
        );
        var link = two.Replace("mtu: 1480", "over: {router01: lan}", StringComparison.Ordinal);

        Assert.Equal(("wan", 1476), Over(two, "ifog"));
        Assert.Equal(("lan", 1376), Over(byLocal, "ifog"));
        Assert.Equal(("lan", 1376), Over(byName, "ifog"));
        Assert.Equal(("lan", 1380), Over(link, "vps01"));
    }

    private static (string Over, int Mtu) Over(string text, string peer)
    {
        var loaded = NetworkFile.Read(text, "n.yaml");
        Assert.Equal("", loaded.Report.ToText());
        var tunnel = Tunnel(loaded.Value!, "router01", peer);
        return (tunnel.Over, tunnel.Mtu.Bytes);
    }

    private static DerivedSite Derive(Network network, string site) =>
        Derivation.For(network, network.FindSite(site)!);

    private static DerivedTunnel Tunnel(Network network, string site, string peer) =>
        Derive(network, site).Tunnels.Single(t => t.Peer == peer);

    private static IEnumerable<string> Devices(Network network, string site) =>
        Derive(network, site).Tunnels.Select(t => $"{t.Device} {t.Peer}");

    private static string Text(DerivedTunnel t) =>
        $"{t.Device} {(t.Protocol == TunnelProtocol.Gif ? "gif" : "gre")} {t.Peer} upstream={t.IsUpstream} over {t.Over}"
        + $" {t.OuterLocal}>{t.OuterRemote} fib {t.TunnelFib}/{t.Fib} mtu {t.Mtu} {t.Mss6}/{t.Mss4} {t.InnerLocal}>{t.InnerRemote}";

    private static string Text(DerivedRoute r) =>
        $"{r.Name} {r.Destination} {(r.IsBlackhole ? "blackhole" : r.Via.ToString())} fib {r.Fib}";
}
