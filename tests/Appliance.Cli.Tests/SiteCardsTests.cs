using Appliance.Cli.Verbs;
using Appliance.Rendering.Documents;
using Appliance.Verify.Qemu;

namespace Appliance.Cli.Tests;

public sealed class SiteCardsTests
{
    private const string Mac = "58:9c:fc:00:00:01";

    private static readonly WantedCard Any = new();
    private static readonly WantedCard Known = new(Mac);

    [Fact]
    public void A_site_that_looks_for_nothing_particular_has_one_card() =>
        Assert.Equal([Any], Cards(new InterfaceMatch { DefaultRoute = true }));

    [Fact]
    public void A_device_that_is_found_by_its_address_has_that_address() =>
        Assert.Equal([Known], Cards(new InterfaceMatch { Mac = Mac }));

    [Fact]
    public void There_are_as_many_cards_as_the_highest_number_needs() =>
        Assert.Equal(
            [Any, Any, Any],
            Cards(
                new InterfaceMatch { Driver = "vtnet", Index = 0 },
                new InterfaceMatch { Driver = "vtnet", Index = 2 }
            )
        );

    [Fact]
    public void A_device_found_by_its_number_is_none_that_is_found_by_its_address()
    {
        Assert.Equal(
            [Any, Known],
            Cards(
                new InterfaceMatch { Mac = Mac },
                new InterfaceMatch { Driver = "vtnet", Index = 0 }
            )
        );
        Assert.Equal(
            [Known, Any],
            Cards(
                new InterfaceMatch { Mac = Mac },
                new InterfaceMatch { Driver = "vtnet", Index = 1 }
            )
        );
    }

    [Fact]
    public void Every_driver_counts_for_itself() =>
        Assert.Equal(
            [new(null, "em"), Any, Any],
            Cards(
                new InterfaceMatch { Driver = "em", Index = 0 },
                new InterfaceMatch { Driver = "vtnet", Index = 1 }
            )
        );

    [Fact]
    public void What_no_virtual_card_is_does_not_make_one() =>
        Assert.Equal(
            [Any],
            Cards(
                new InterfaceMatch { Driver = "mlx5", Index = 3 },
                new InterfaceMatch { Pci = "0:0:3:0" }
            )
        );

    private static IReadOnlyList<WantedCard> Cards(params InterfaceMatch[] matches) =>
        SiteCards.Of(matches);
}
