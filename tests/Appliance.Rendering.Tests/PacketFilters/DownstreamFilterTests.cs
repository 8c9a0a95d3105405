using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests.PacketFilters;

/// <summary>What the example host lets pass, and that its two worlds do not mix.</summary>
public class DownstreamFilterTests
{
    private const string Provider6 = "2001:db8:200::10";
    private const string Self = "203.0.113.10";
    private const string Host = "2001:db8:1c:1000::1";
    private const string Jail = "2001:db8:1c:1000::10";
    private const string Link = "2001:db8:1c:ffff::3";
    private const string Stranger4 = "8.8.8.8";
    private const string Stranger6 = "2a00:1450::1";

    private static readonly (string Why, Decision Decision, Packet Packet)[] Cases =
    [
        ("ssh from the owner", Decision.Pass, new("in", "vtnet0", "tcp", "192.0.2.7", Self, 22)),
        ("ssh from a stranger", Decision.Block, new("in", "vtnet0", "tcp", Stranger4, Self, 22)),
        (
            "ssh to an announced address",
            Decision.Block,
            new("in", "gif0", "tcp", Stranger6, Jail, 22)
        ),
        (
            "gif from its far end",
            Decision.PassStateless,
            new("in", "vtnet0", "41", "198.51.100.10", Self)
        ),
        (
            "gif to its far end",
            Decision.PassStateless,
            new("out", "vtnet0", "41", Self, "198.51.100.10")
        ),
        ("gif from elsewhere", Decision.Block, new("in", "vtnet0", "41", Stranger4, Self)),
        ("the world to a jail", Decision.Pass, new("in", "gif0", "tcp", Stranger6, Jail, 443)),
        ("a jail to the world", Decision.Pass, new("out", "gif0", "tcp", Jail, Stranger6, 443)),
        (
            "the world to a jail by the provider",
            Decision.Block,
            new("in", "vtnet0", "tcp", Stranger6, Jail, 443)
        ),
        (
            "an announced source by the provider",
            Decision.Block,
            new("out", "vtnet0", "tcp", Jail, Stranger6, 443)
        ),
        (
            "an announced address by the provider",
            Decision.Block,
            new("out", "vtnet0", "tcp", Provider6, Jail, 443)
        ),
        (
            "our source from the provider",
            Decision.Block,
            new("in", "vtnet0", "udp", Host, Jail, 53)
        ),
        ("our source from the tunnel", Decision.Block, new("in", "gif0", "udp", Host, Jail, 53)),
        (
            "another of our hosts from the tunnel",
            Decision.Pass,
            new("in", "gif0", "udp", "2001:db8:1c:2000::1", Jail, 53)
        ),
        (
            "the provider's source by the tunnel",
            Decision.Block,
            new("out", "gif0", "tcp", Provider6, Stranger6, 443)
        ),
        ("IPv4 by the tunnel", Decision.Block, new("out", "gif0", "tcp", Self, Stranger4, 443)),
        (
            "this machine to the world",
            Decision.Pass,
            new("out", "vtnet0", "udp", Self, Stranger4, 53)
        ),
        (
            "a stranger's source going out",
            Decision.Block,
            new("out", "vtnet0", "udp", Stranger4, "9.9.9.9", 53)
        ),
        (
            "ssh from the owner, by the tunnel",
            Decision.Pass,
            new("in", "gif0", "tcp", "2001:db8:9::1", Host, 22)
        ),
        (
            "our source from the provider to the link",
            Decision.Block,
            new("in", "vtnet0", "icmp6", "2001:db8:1c:2000::1", Link, 128)
        ),
        (
            "echo to a jail by the provider",
            Decision.Block,
            new("in", "vtnet0", "icmp6", Stranger6, Jail, 128)
        ),
        (
            "echo by the provider, IPv6",
            Decision.Pass,
            new("in", "vtnet0", "icmp6", Stranger6, Provider6, 128)
        ),
        (
            "echo of the link",
            Decision.Pass,
            new("in", "gif0", "icmp6", "2001:db8:1c:ffff::2", Link, 128)
        ),
        ("echo by the provider", Decision.Pass, new("in", "vtnet0", "icmp", Stranger4, Self, 8)),
        ("needs fragmentation", Decision.Pass, new("in", "vtnet0", "icmp", Stranger4, Self, 3)),
        (
            "packet too big for the link",
            Decision.Pass,
            new("in", "gif0", "icmp6", Stranger6, Link, 2)
        ),
        (
            "traceroute to this machine",
            Decision.PassStateless,
            new("in", "vtnet0", "udp", Stranger4, Self, 33434)
        ),
        ("a private source", Decision.Block, new("in", "vtnet0", "icmp", "192.168.1.1", Self, 8)),
        (
            "neighbor solicitation",
            Decision.PassStateless,
            new("in", "vtnet0", "icmp6", "fe80::1", "ff02::1:ff00:10", 135)
        ),
        (
            "listener report",
            Decision.PassStateless,
            new("out", "vtnet0", "icmp6", "fe80::2", "ff02::16", 143)
        ),
        (
            "a listener query",
            Decision.PassStateless,
            new("in", "vtnet0", "icmp6", "fe80::1", "ff02::1", 130)
        ),
        (
            "a listener query that was routed",
            Decision.Block,
            new("in", "vtnet0", "icmp6", "2001:db8:77::1", "ff02::1", 130)
        ),
        (
            "another's listener report",
            Decision.PassStateless,
            new("in", "vtnet0", "icmp6", "fe80::7", "ff02::16", 143)
        ),
        ("a query for the time", Decision.Block, new("in", "vtnet0", "udp", Stranger4, Self, 123)),
        (
            "a query for the time to an announced address",
            Decision.Block,
            new("in", "gif0", "udp", Stranger6, Host, 123)
        ),
        (
            "another port of this machine",
            Decision.Block,
            new("in", "vtnet0", "tcp", Stranger4, Self, 111)
        ),
    ];

    /// <summary>Rules against leaks that say aloud, and log, what the default implies.</summary>
    private static readonly string[] Redundant =
    [
        "block drop out log quick on $external from <own> to any",
        "block drop out log quick on gif0 from ! <via_gif0> to any",
        "block drop in log quick inet proto { 41, 47 } from any to (self)",
    ];

    public static TheoryData<string> Names => [.. Cases.Select(item => item.Why)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_filter_decides_as_it_should(string why)
    {
        var (_, decision, packet) = Cases.Single(item => item.Why == why);
        var rules = Rules("vps01");
        Assert.True(
            rules.Decide(packet) == decision,
            $"{why}: decided by {rules.Deciding(packet)?.Text ?? "no rule"}"
        );
    }

    [Fact]
    public void Replies_to_what_came_through_a_tunnel_leave_through_it_and_are_routed_in_FIB_1()
    {
        var deciding = Rules("vps01")
            .Deciding(new Packet("in", "gif0", "tcp", Stranger6, Jail, 443));
        Assert.Equal("(gif0 2001:db8:1c:ffff::2)", deciding?.ReplyTo);
        Assert.Equal("1", deciding?.RoutingTable);
    }

    [Fact]
    public void What_comes_from_the_bridge_is_routed_in_FIB_1()
    {
        var deciding = Rules("vps02")
            .Deciding(new Packet("in", "bridge0", "tcp", "2a0e:b107:1001::77", Stranger6, 443));
        Assert.True(deciding?.Passes);
        Assert.Equal("1", deciding?.RoutingTable);
    }

    [Fact]
    public void Every_rule_is_needed_by_at_least_one_case()
    {
        var text = Text(Site("vps01"));
        var unnoticed = Rules("vps01")
            .Rules.Select(rule => rule.Text)
            .Where(rule => Mistakes(WithoutLine(text, rule)) == 0);
        Assert.Equal([], unnoticed.Except(Redundant));
    }

    private static int Mistakes(string text)
    {
        var rules = new PfRules(text, Site("vps01"));
        return Cases.Count(item => rules.Decide(item.Packet) != item.Decision);
    }

    private static string WithoutLine(string text, string line) =>
        string.Join('\n', text.Split('\n').Where(item => item != line));

    private static PfRules Rules(string site) => new(Text(Site(site)), Site(site));

    private static string Text(SiteDocument document) =>
        Fixture.Render(document).Text("/etc/pf.conf");

    /// <summary>An example whose provider has IPv6 too, which makes a leak possible.</summary>
    private static SiteDocument Site(string name)
    {
        var document = Fixture.Document(name);
        return document with
        {
            Interfaces =
            [
                document.Interfaces[0] with
                {
                    Ipv6 = $"{Provider6}/64",
                    Gateway6 = null,
                },
            ],
            Admin = document.Admin with
            {
                SshFrom = [.. document.Admin.SshFrom, "2001:db8:9::/48"],
            },
        };
    }
}
