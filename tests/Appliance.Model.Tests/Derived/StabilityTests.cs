using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Tests.Derived;

/// <summary>What a change of the file must not change on routers that it is not about.</summary>
public class StabilityTests
{
    private const string NewSite =
        "  new1:\n    role: downstream\n    profile: downstream\n    hostname: new1.example.org\n"
        + "    interfaces: {wan: {match: {driver: vtnet, index: 0}, ipv4: 203.0.113.250/25, gateway4: 203.0.113.129}}\n"
        + "    prefixes: [2001:db8:2d:ff00::/64]\n";

    private static readonly string Good = ShippedFiles.Text("networks/two-edges.yaml");

    [Fact]
    public void An_appended_link_changes_no_tunnel_of_the_others()
    {
        var before = Read(Good);
        var after = Read(WithNewSite(Good) + "  - {kind: gif, between: [fra1, new1]}\n");
        foreach (var site in before.Sites)
        {
            var kept = Links(after, site.Name.Text).Where(t => t.Peer != "new1");
            Assert.Equal(Links(before, site.Name.Text), kept);

            // Upstreams come after links, so the device of one may count on; nothing else of it changes.
            Assert.Equal(
                Upstreams(before, site.Name.Text).Select(t => t with { Device = "" }),
                Upstreams(after, site.Name.Text).Select(t => t with { Device = "" })
            );
        }

        Assert.Equal("2001:db8:2c:ffff::a/127", Links(after, "fra1")[^1].InnerLocal.ToString());
    }

    [Fact]
    public void A_link_put_first_does_renumber_which_is_why_links_are_appended()
    {
        var after = Read(
            WithNewSite(Good)
                .Replace(
                    "links:\n",
                    "links:\n  - {kind: gif, between: [fra1, new1]}\n",
                    StringComparison.Ordinal
                )
        );
        Assert.NotEqual(Links(Read(Good), "web1"), Links(after, "web1"));
    }

    [Fact]
    public void A_link_with_a_number_keeps_its_addresses_when_an_earlier_one_goes()
    {
        var before = Read(Good);
        var text = Good.Replace(
            "  - {kind: gif, between: [ams1, web1]}\n",
            "",
            StringComparison.Ordinal
        );
        var web = text.IndexOf("  web1:", StringComparison.Ordinal);
        text = text.Remove(web, text.IndexOf("  dns1:", StringComparison.Ordinal) - web);
        var after = Read(
            text.Replace("[fra1, dns1]", "[fra1, dns1], number: 3", StringComparison.Ordinal)
        );
        Assert.Equal(Links(before, "dns1"), Links(after, "dns1"));
        Assert.Equal(Links(before, "db1"), Links(after, "db1"));
        Assert.NotEqual(Links(before, "dns1"), Links(Read(text), "dns1"));
    }

    [Fact]
    public void The_order_of_sites_changes_no_tunnel()
    {
        var before = Read(Good);
        var from = Good.IndexOf("  dns1:", StringComparison.Ordinal);
        var to = Good.IndexOf("  db1:", StringComparison.Ordinal);
        var moved = Good[from..to];
        var text = Good.Remove(from, to - from);
        var after = Read(text.Replace("  ams1:\n", moved + "  ams1:\n", StringComparison.Ordinal));
        Assert.NotEqual(before.Sites.Select(s => s.Name), after.Sites.Select(s => s.Name));
        foreach (var site in before.Sites)
        {
            Assert.Equal(Links(before, site.Name.Text), Links(after, site.Name.Text));
        }
    }

    [Fact]
    public void The_first_link_begins_after_the_subnet_router_anycast_address()
    {
        var prefix = IpPrefix.Parse("2001:db8::/64");
        Assert.Equal("2001:db8::2/127", LinkAddresses.Of(prefix, 1).First.ToString());
        Assert.Equal("2001:db8::3/127", LinkAddresses.Of(prefix, 1).Second.ToString());
        var seen = new HashSet<IpAddress>();
        for (var number = 1; number <= 1000; number++)
        {
            var (first, second) = LinkAddresses.Of(prefix, number);
            Assert.True(seen.Add(first.Address) && seen.Add(second.Address));
            Assert.Equal(first.Prefix, second.Prefix);
        }
    }

    [Theory]
    [InlineData("2001:db8::/128", 0)]
    [InlineData("2001:db8::/127", 0)]
    [InlineData("2001:db8::/126", 1)]
    [InlineData("2001:db8::/120", 127)]
    [InlineData("2001:db8::/112", 32767)]
    public void A_link_prefix_has_room_for_its_127s_but_the_first(string prefix, int highest) =>
        Assert.Equal((UInt128)highest, LinkAddresses.HighestNumber(IpPrefix.Parse(prefix)));

    [Fact]
    public void In_a_64_the_reserved_highest_identifiers_stay_free()
    {
        var prefix = IpPrefix.Parse("2001:db8::/64");
        var highest = LinkAddresses.HighestNumber(prefix);
        var last = prefix.Subnet(127, highest).Last.ToString();
        Assert.Equal("2001:db8::ffff:ffff:ffff:ff7f", last);
    }

    private static string WithNewSite(string text) =>
        text.Replace("\nlinks:\n", NewSite + "\nlinks:\n", StringComparison.Ordinal);

    private static Network Read(string text)
    {
        var loaded = NetworkFile.Read(text, "n.yaml");
        Assert.Equal("", loaded.Report.ToText());
        return loaded.Value!;
    }

    private static List<DerivedTunnel> Links(Network network, string site) =>
        [.. Derivation.For(network, network.FindSite(site)!).Tunnels.Where(t => !t.IsUpstream)];

    private static List<DerivedTunnel> Upstreams(Network network, string site) =>
        [.. Derivation.For(network, network.FindSite(site)!).Tunnels.Where(t => t.IsUpstream)];
}
