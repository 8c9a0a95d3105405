using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests.PacketFilters;

/// <summary>Neighbors whose link is numbered from our own space: through a tunnel, and on an interface.</summary>
public class OwnLinkFilterTests
{
    private const string Ours = "2001:db8:1c:300::2";
    private const string Neighbor = "2001:db8:1c:300::3";
    private const string Stranger = "2a00:1450::1";
    private const string Customer = "2001:db8:1c:1000::10";

    public static TheoryData<string, NeighborRole> Ways =>
        new()
        {
            { "gre0", NeighborRole.Transit },
            { "gre0", NeighborRole.Peer },
            { "gre0", NeighborRole.Customer },
            { "vtnet0", NeighborRole.Transit },
            { "vtnet0", NeighborRole.Customer },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Its_session_detection_and_errors_pass_on_its_device(
        string device,
        NeighborRole role
    )
    {
        var rules = Rules(device, role);
        Assert.Equal(Decision.Pass, rules.Decide(new("in", device, "tcp", Neighbor, Ours, 179)));
        Assert.Equal(Decision.Pass, rules.Decide(new("out", device, "tcp", Ours, Neighbor, 179)));
        Assert.Equal(
            Decision.PassStateless,
            rules.Decide(new("in", device, "udp", Neighbor, Ours, 3784))
        );
        Assert.Equal(Decision.Pass, rules.Decide(new("in", device, "icmp6", Neighbor, Ours, 128)));
        Assert.Equal(Decision.Pass, rules.Decide(new("in", device, "icmp6", Neighbor, Ours, 2)));
        // Packet too big, from its router to a host behind us.
        Assert.Equal(
            Decision.PassStateless,
            rules.Decide(new("in", device, "icmp6", Neighbor, Customer, 2))
        );
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Its_address_on_another_device_and_our_other_sources_on_its_device_are_blocked(
        string device,
        NeighborRole role
    )
    {
        var rules = Rules(device, role);
        var other = device == "gre0" ? "vtnet0" : "gre0";
        Assert.Equal(Decision.Block, rules.Decide(new("in", other, "tcp", Neighbor, Ours, 179)));
        Assert.Equal(
            Decision.Block,
            rules.Decide(new("in", other, "icmp6", Neighbor, Customer, 2))
        );
        Assert.Equal(Decision.Block, rules.Decide(new("in", device, "tcp", Ours, Customer, 80)));
        Assert.Equal(
            Decision.Block,
            rules.Decide(new("in", device, "udp", Customer, Customer, 53))
        );
        Assert.Equal(Decision.Block, rules.Decide(new("in", other, "udp", Customer, Customer, 53)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Transit_is_as_with_any_other_neighbor(string device, NeighborRole role)
    {
        var rules = Rules(device, role);
        Assert.Equal(
            Decision.PassStateless,
            rules.Decide(new("out", device, "tcp", Customer, Stranger, 443))
        );
        Assert.Equal(
            role == NeighborRole.Customer && device == "gre0"
                ? Decision.Block
                : Decision.PassStateless,
            rules.Decide(new("in", device, "tcp", Stranger, Customer, 443))
        );
    }

    [Fact]
    public void Without_such_a_link_there_is_one_rule_for_all_devices()
    {
        var text = Fixture.Render("router01").Text("/etc/pf.conf");
        Assert.Contains(
            "block drop in log quick on $external from <own> to any\n",
            text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("<own_", text, StringComparison.Ordinal);
    }

    private static PfRules Rules(string device, NeighborRole role)
    {
        var document = Site(device, role);
        return new PfRules(Fixture.Render(document).Text("/etc/pf.conf"), document);
    }

    private static SiteDocument Site(string device, NeighborRole role)
    {
        var document = Fixture.Document("router01");
        var isTunnel = device == "gre0";
        var changed = document.Bgp!.Neighbors.First(neighbor =>
            neighbor.Over == (isTunnel ? "gre0" : "wan")
        );
        return document with
        {
            Interfaces = isTunnel
                ? document.Interfaces
                : [document.Interfaces[0] with { Ipv6 = $"{Ours}/64", Gateway6 = Neighbor }],
            Tunnels =
            [
                .. document.Tunnels.Select(tunnel =>
                    isTunnel && tunnel.Device == device
                        ? tunnel with
                        {
                            InnerLocal = $"{Ours}/127",
                            InnerRemote = Neighbor,
                        }
                        : tunnel
                ),
            ],
            Bgp = document.Bgp with
            {
                Neighbors =
                [
                    .. document.Bgp.Neighbors.Select(neighbor =>
                        neighbor == changed
                            ? neighbor with
                            {
                                Address = Neighbor,
                                Role = role,
                                Session = new SessionDocument { Bfd = new BfdDocument(300, 3) },
                                AllowedPrefixes =
                                    role == NeighborRole.Customer ? ["2001:db8:4000::/36"] : [],
                            }
                            : neighbor
                    ),
                ],
            },
        };
    }
}
