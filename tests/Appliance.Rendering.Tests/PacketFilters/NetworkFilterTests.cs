namespace Appliance.Rendering.Tests.PacketFilters;

/// <summary>
/// Customers with AS numbers of their own, one behind a tunnel and one on a shared link: what they may send, and
/// that nobody else forwards through us because of them. And BFD.
/// </summary>
public class NetworkFilterTests
{
    private const string Stranger = "2a00:1450::1";
    private const string Buyer = "2001:db8:4000::10";
    private const string IxBuyer = "2001:db8:6000::10";
    private const string Ours = "2001:db8:1c::1";
    private const string Self = "2001:db8:100::96";

    private static readonly (string Why, Decision Decision, Packet Packet)[] Cases =
    [
        (
            "the Internet to a customer",
            Decision.PassStateless,
            new("in", "vtnet0", "tcp", Stranger, Buyer, 80)
        ),
        ("and on to it", Decision.PassStateless, new("out", "gre0", "tcp", Stranger, Buyer, 80)),
        (
            "a customer to the Internet",
            Decision.PassStateless,
            new("in", "gre0", "tcp", Buyer, Stranger, 80)
        ),
        ("and on", Decision.PassStateless, new("out", "vtnet0", "tcp", Buyer, Stranger, 80)),
        (
            "a customer with a stranger's source",
            Decision.Block,
            new("in", "gre0", "tcp", Stranger, "2a00::2", 80)
        ),
        (
            "a customer with a stranger's source to us",
            Decision.Block,
            new("in", "gre0", "tcp", Stranger, Ours, 80)
        ),
        (
            "a customer with our source",
            Decision.Block,
            new("in", "gre0", "tcp", Ours, Stranger, 80)
        ),
        (
            "a customer with the other one's source",
            Decision.Block,
            new("in", "gre0", "tcp", IxBuyer, Stranger, 80)
        ),
        (
            "a customer's source from an upstream",
            Decision.Block,
            new("in", "vtnet0", "tcp", Buyer, Stranger, 80)
        ),
        (
            "the customer on the exchange",
            Decision.PassStateless,
            new("in", "vtnet1", "tcp", IxBuyer, Stranger, 80)
        ),
        (
            "to the customer on the exchange",
            Decision.PassStateless,
            new("out", "vtnet1", "tcp", Stranger, IxBuyer, 80)
        ),
        (
            "a stranger on the exchange, to the Internet",
            Decision.Block,
            new("in", "vtnet1", "tcp", Stranger, "2a00::2", 80)
        ),
        (
            "a stranger to a stranger",
            Decision.Block,
            new("out", "vtnet0", "tcp", Stranger, "2a00::2", 80)
        ),
        (
            "BGP with the customer",
            Decision.Pass,
            new("in", "gre0", "tcp", "2001:db8:300::3", "2001:db8:300::2", 179)
        ),
        (
            "BFD from the neighbor",
            Decision.PassStateless,
            new("in", "vtnet0", "udp", "2001:db8:100::1", Self, 3784)
        ),
        (
            "BFD of several hops",
            Decision.PassStateless,
            new("in", "vtnet0", "udp", "2001:db8:700::7", Self, 4784)
        ),
        (
            "BFD from its next address",
            Decision.Block,
            new("in", "vtnet0", "udp", "2001:db8:100::2", Self, 3784)
        ),
        (
            "BFD on the other port",
            Decision.Block,
            new("in", "vtnet0", "udp", "2001:db8:100::1", Self, 4784)
        ),
        (
            "BFD to the neighbor",
            Decision.Pass,
            new("out", "vtnet0", "udp", Self, "2001:db8:100::1", 3784)
        ),
    ];

    public static TheoryData<string> Names => [.. Cases.Select(item => item.Why)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_filter_decides_as_it_should(string why)
    {
        var (_, decision, packet) = Cases.Single(item => item.Why == why);
        var rules = new PfRules(Text(), Fixture.Document("ix03"));
        Assert.True(
            rules.Decide(packet) == decision,
            $"{why}: decided by {rules.Deciding(packet)?.Text ?? "no rule"}"
        );
    }

    [Theory]
    [InlineData("<networks")]
    [InlineData("port 3784")]
    [InlineData("port 4784")]
    public void Every_rule_about_them_is_needed_by_at_least_one_case(string part)
    {
        var rules = Text()
            .Split('\n')
            .Where(line =>
                line.Contains(part, StringComparison.Ordinal)
                && !line.StartsWith("table", StringComparison.Ordinal)
            )
            .ToList();
        Assert.NotEmpty(rules);
        Assert.All(rules, rule => Assert.NotEqual(0, Mistakes(rule)));
    }

    private static int Mistakes(string withoutLine)
    {
        var text = string.Join('\n', Text().Split('\n').Where(line => line != withoutLine));
        var rules = new PfRules(text, Fixture.Document("ix03"));
        return Cases.Count(item => rules.Decide(item.Packet) != item.Decision);
    }

    private static string Text() => Fixture.Render("ix03").Text("/etc/pf.conf");
}
