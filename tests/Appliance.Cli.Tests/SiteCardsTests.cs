using Appliance.Cli.Verbs;
using Appliance.Rendering.Documents;

namespace Appliance.Cli.Tests;

public sealed class SiteCardsTests
{
    private const string Mac = "58:9c:fc:00:00:01";

    [Fact]
    public void Without_a_site_there_is_one_card() => Assert.Equal([null], Cards());

    [Fact]
    public void A_device_that_is_found_by_its_address_has_that_address() =>
        Assert.Equal([Mac], Cards(new InterfaceMatch { Mac = Mac }));

    [Fact]
    public void There_are_as_many_cards_as_the_highest_number_needs() =>
        Assert.Equal(
            [null, null, null],
            Cards(
                new InterfaceMatch { Driver = "vtnet", Index = 0 },
                new InterfaceMatch { Driver = "vtnet", Index = 2 }
            )
        );

    [Fact]
    public void A_device_found_by_its_number_is_none_that_is_found_by_its_address()
    {
        Assert.Equal(
            [null, Mac],
            Cards(
                new InterfaceMatch { Mac = Mac },
                new InterfaceMatch { Driver = "vtnet", Index = 0 }
            )
        );
        Assert.Equal(
            [Mac, null],
            Cards(
                new InterfaceMatch { Mac = Mac },
                new InterfaceMatch { Driver = "vtnet", Index = 1 }
            )
        );
    }

    [Fact]
    public void What_no_virtual_card_is_does_not_make_one() =>
        Assert.Equal(
            [null],
            Cards(
                new InterfaceMatch { Driver = "em", Index = 3 },
                new InterfaceMatch { Pci = "0:0:3:0" }
            )
        );

    private static IReadOnlyList<string?> Cards(params InterfaceMatch[] matches) =>
        SiteCards.Of(matches);
}
