using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Metadata;
using Appliance.FirstBoot.Personalisation;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Lifeline;

public sealed class MinimalInterfacesTests
{
    private static readonly InterfaceState First = Card("vtnet0", "52:54:00:00:00:01");
    private static readonly InterfaceState Second = Card("vtnet1", "52:54:00:00:00:02");

    private static readonly InterfaceFacts Known = new()
    {
        Addresses = ["198.51.100.10/24"],
        Gateway4 = "198.51.100.1",
    };

    [Fact]
    public void Names_of_Linux_say_nothing_in_a_machine_with_two_cards()
    {
        var made = Plan([First, Second], Known with { Name = "eth0" });
        Assert.Equal(["vtnet0"], made.Items.Select(item => item.Name));
        Assert.True(made.Items[0].UsesDhcp());
        Assert.Equal(
            ["interface \"eth0\": without a MAC address it may be any of vtnet0, vtnet1"],
            made.NotApplied
        );
    }

    [Fact]
    public void A_MAC_address_of_no_card_is_recorded()
    {
        var made = Plan([First], Known with { Mac = "52:54:00:00:00:99" });
        Assert.True(made.Items[0].UsesDhcp());
        Assert.Equal(
            ["an interface: no device has the MAC address 52:54:00:00:00:99"],
            made.NotApplied
        );
    }

    [Fact]
    public void Only_the_first_of_two_gateways_of_a_family_is_used()
    {
        var made = Plan(
            [First, Second],
            Known with
            {
                Mac = First.Ether,
                Addresses = ["198.51.100.10/24", "2001:db8::1/64"],
                Gateway6 = "fe80::1",
            },
            Known with
            {
                Mac = Second.Ether,
                Addresses = ["192.0.2.10/24", "2001:db8:1::1/64"],
                Gateway4 = "192.0.2.1",
                Gateway6 = "fe80::1",
            }
        );
        Assert.Equal(["198.51.100.1", null], made.Items.Select(item => item.Gateway4));
        Assert.Equal(["fe80::1", null], made.Items.Select(item => item.Gateway6));
        Assert.Equal(2, made.NotApplied.Count);
    }

    [Fact]
    public void An_IPv6_address_without_a_gateway_accepts_router_advertisements()
    {
        var item = Plan(
            [First],
            new InterfaceFacts { Mac = First.Ether, Addresses = ["2001:db8::1/64"] }
        ).Items[0];
        Assert.True(item.RouterAdvertisements);
        item = Plan([First], Known with { Mac = First.Ether, RouterAdvertisements = true }).Items[
            0
        ];
        Assert.Equal(("198.51.100.10/24", true), (item.Ipv4, item.RouterAdvertisements));
    }

    [Fact]
    public void A_card_beside_one_that_leads_nowhere_has_DHCP()
    {
        var made = Plan(
            [First, Second],
            new InterfaceFacts { Mac = First.Ether, Addresses = ["10.0.0.5/24"] }
        );
        Assert.Equal(["10.0.0.5/24", null], made.Items.Select(item => item.Ipv4));
        Assert.True(made.Items[1].UsesDhcp());
    }

    [Theory]
    [InlineData(1450, 1450)]
    [InlineData(1500, null)]
    [InlineData(9000, null)]
    public void A_larger_MTU_than_Ethernet_s_is_not_set(int mtu, int? set)
    {
        var made = Plan([First], Known with { Mac = First.Ether, Mtu = mtu });
        Assert.Equal(set, made.Items[0].Mtu);
        Assert.Equal(mtu > 1500 ? 1 : 0, made.NotApplied.Count);
    }

    private static MinimalInterfaces Plan(
        IReadOnlyList<InterfaceState> cards,
        params InterfaceFacts[] facts
    ) => new(cards, facts);

    private static InterfaceState Card(string name, string ether) =>
        new()
        {
            Name = name,
            Ether = ether,
            HasCarrier = true,
        };
}
