namespace Appliance.Rendering.Tests.PacketFilters;

/// <summary>What the example edge lets pass, and what not.</summary>
public class EdgeFilterTests
{
    private const string Self4 = "198.51.100.10";
    private const string Self6 = "2001:db8:100::96";
    private const string Loopback = "2001:db8:1c::1";
    private const string Stranger4 = "8.8.8.8";
    private const string Stranger6 = "2a00:1450::1";
    private const string Customer = "2001:db8:1c:1000::10";

    /// <summary>What must pass or not, and in words why.</summary>
    private static readonly (string Why, Decision Decision, Packet Packet)[] Cases =
    [
        ("ssh from the owner", Decision.Pass, new("in", "vtnet0", "tcp", "192.0.2.7", Self4, 22)),
        ("ssh from a stranger", Decision.Block, new("in", "vtnet0", "tcp", Stranger4, Self4, 22)),
        (
            "ssh from a stranger, IPv6",
            Decision.Block,
            new("in", "vtnet0", "tcp", Stranger6, Loopback, 22)
        ),
        (
            "ssh from behind a tunnel",
            Decision.Block,
            new("in", "gif0", "tcp", Customer, Loopback, 22)
        ),
        (
            "another port of this machine",
            Decision.Block,
            new("in", "vtnet0", "tcp", Stranger6, Self6, 2605)
        ),
        (
            "gif from its far end",
            Decision.PassStateless,
            new("in", "vtnet0", "41", "203.0.113.10", Self4)
        ),
        ("gif from elsewhere", Decision.Block, new("in", "vtnet0", "41", Stranger4, Self4)),
        (
            "gre from its far end",
            Decision.PassStateless,
            new("in", "vtnet0", "47", "198.51.100.44", Self4)
        ),
        (
            "gre from gif's far end",
            Decision.Block,
            new("in", "vtnet0", "47", "203.0.113.10", Self4)
        ),
        (
            "gif to its far end",
            Decision.PassStateless,
            new("out", "vtnet0", "41", Self4, "203.0.113.10")
        ),
        (
            "BGP from the neighbor",
            Decision.Pass,
            new("in", "vtnet0", "tcp", "2001:db8:100::1", Self6, 179)
        ),
        (
            "BGP to the neighbor",
            Decision.Pass,
            new("out", "vtnet0", "tcp", Self6, "2001:db8:100::1", 179)
        ),
        (
            "BGP in the tunnel",
            Decision.Pass,
            new("in", "gre0", "tcp", "2001:db8:300::3", "2001:db8:300::2", 179)
        ),
        (
            "BGP from the next address",
            Decision.Block,
            new("in", "vtnet0", "tcp", "2001:db8:100::2", Self6, 179)
        ),
        (
            "BGP from the neighbor elsewhere",
            Decision.Block,
            new("in", "gre0", "tcp", "2001:db8:100::1", Self6, 179)
        ),
        ("BGP to a stranger", Decision.Block, new("out", "vtnet0", "tcp", Self6, Stranger6, 179)),
        (
            "our source from outside",
            Decision.Block,
            new("in", "vtnet0", "tcp", Customer, Customer, 80)
        ),
        (
            "our source from an upstream's tunnel",
            Decision.Block,
            new("in", "gre0", "udp", Loopback, Customer, 53)
        ),
        (
            "a source that does not exist",
            Decision.Block,
            new("in", "vtnet0", "udp", "fc00::1", Customer, 53)
        ),
        ("a private source", Decision.Block, new("in", "vtnet0", "icmp", "192.168.1.1", Self4, 8)),
        (
            "transit to a customer",
            Decision.PassStateless,
            new("in", "vtnet0", "tcp", Stranger6, Customer, 80)
        ),
        (
            "transit to a customer goes on",
            Decision.PassStateless,
            new("out", "gif0", "tcp", Stranger6, Customer, 80)
        ),
        (
            "transit from a customer",
            Decision.PassStateless,
            new("in", "gif0", "tcp", Customer, Stranger6, 443)
        ),
        (
            "transit from a customer goes on",
            Decision.PassStateless,
            new("out", "gre0", "tcp", Customer, Stranger6, 443)
        ),
        (
            "a customer with another's source",
            Decision.Block,
            new("in", "gif0", "tcp", "2001:db8:1c:2000::1", Stranger6, 443)
        ),
        (
            "a customer with a stranger's source",
            Decision.Block,
            new("in", "gif0", "tcp", Stranger6, Stranger6, 443)
        ),
        (
            "transit between strangers",
            Decision.Block,
            new("in", "vtnet0", "tcp", Stranger6, "2a00:1450::2", 80)
        ),
        (
            "a stranger's source going out",
            Decision.Block,
            new("out", "gre0", "tcp", Stranger6, "2a00:1450::2", 80)
        ),
        (
            "gre to its far end",
            Decision.PassStateless,
            new("out", "vtnet0", "47", Self4, "198.51.100.44")
        ),
        (
            "BGP in the tunnel, from here",
            Decision.Pass,
            new("out", "gre0", "tcp", "2001:db8:300::2", "2001:db8:300::3", 179)
        ),
        (
            "a customer with a wrong source to this machine",
            Decision.Block,
            new("in", "gif0", "icmp6", "2001:db8:1c:2000::1", Loopback, 128)
        ),
        ("echo, IPv4", Decision.Pass, new("in", "vtnet0", "icmp", Stranger4, Self4, 8)),
        ("needs fragmentation", Decision.Pass, new("in", "vtnet0", "icmp", Stranger4, Self4, 3)),
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
        ("a query for the time", Decision.Block, new("in", "vtnet0", "udp", Stranger4, Self4, 123)),
        (
            "a query for the time, IPv6",
            Decision.Block,
            new("in", "gre0", "udp", Stranger6, Loopback, 123)
        ),
        ("echo", Decision.Pass, new("in", "vtnet0", "icmp6", Stranger6, Loopback, 128)),
        ("packet too big", Decision.Pass, new("in", "gre0", "icmp6", Stranger6, Loopback, 2)),
        ("a redirect", Decision.Block, new("in", "vtnet0", "icmp6", "2001:db8:100::1", Self6, 137)),
        (
            "a router advertisement",
            Decision.Block,
            new("in", "vtnet0", "icmp6", "fe80::1", "ff02::1", 134)
        ),
        (
            "neighbor solicitation",
            Decision.PassStateless,
            new("in", "vtnet0", "icmp6", "fe80::1", "ff02::1:ff00:96", 135)
        ),
        (
            "traceroute to this machine",
            Decision.PassStateless,
            new("in", "vtnet0", "udp", Stranger6, Self6, 33434)
        ),
        ("RTR to the cache", Decision.Pass, new("out", "vtnet0", "tcp", Self4, "192.0.2.53", 3323)),
    ];

    /// <summary>Rules that say aloud what "nothing else reaches this machine" implies.</summary>
    private static readonly string[] Redundant =
    [
        "block drop in log quick inet proto { 41, 47 } from any to (self)",
        "block drop in log quick proto tcp from any to (self) port 179",
    ];

    public static TheoryData<string> Names => [.. Cases.Select(item => item.Why)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_filter_decides_as_it_should(string why)
    {
        var (_, decision, packet) = Cases.Single(item => item.Why == why);
        var rules = Rules();
        Assert.True(
            rules.Decide(packet) == decision,
            $"{why}: decided by {rules.Deciding(packet)?.Text ?? "no rule"}"
        );
    }

    [Fact]
    public void Every_rule_is_needed_by_at_least_one_case()
    {
        var text = Text();
        var unnoticed = Rules()
            .Rules.Select(rule => rule.Text)
            .Where(rule => Mistakes(WithoutLine(text, rule)) == 0);
        Assert.Equal([], unnoticed.Except(Redundant));
    }

    [Theory]
    [InlineData("in", "2a00:1450::1", "2a0e:b107:1001::10", true)]
    [InlineData("out", "2a00:1450::1", "2a0e:b107:1009::10", true)]
    [InlineData("in", "2a0e:b107:1009::10", "2a00:1450::1", true)]
    [InlineData("in", "2a00:1450::1", "2a00:1450::2", false)]
    [InlineData("in", "2a00:1450::1", "2a0e:b107:1000::1", false)]
    public void Between_two_edges_passes_what_is_for_us_or_from_us(
        string direction,
        string source,
        string destination,
        bool passes
    )
    {
        var document = Fixture.Document("edge02");
        var rules = new PfRules(Fixture.Render(document).Text("/etc/pf.conf"), document);
        var decision = rules.Decide(new Packet(direction, "gif0", "tcp", source, destination, 443));
        Assert.Equal(passes ? Decision.PassStateless : Decision.Block, decision);
    }

    private static int Mistakes(string text)
    {
        var rules = new PfRules(text, Fixture.Document("router01"));
        return Cases.Count(item => rules.Decide(item.Packet) != item.Decision);
    }

    private static string WithoutLine(string text, string line) =>
        string.Join('\n', text.Split('\n').Where(item => item != line));

    private static string Text() => Fixture.Render("router01").Text("/etc/pf.conf");

    private static PfRules Rules() => new(Text(), Fixture.Document("router01"));
}
