using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests;

/// <summary>Routes in rc.conf, where the document leaves something to be concluded.</summary>
public class RoutingTests
{
    [Fact]
    public void An_aggregate_is_blackholed_even_if_the_document_forgets_it()
    {
        var document = Fixture.Document("router01");
        var text = RcConf(
            document with
            {
                Routes = [.. document.Routes.Where(route => !route.Blackhole)],
            }
        );
        Assert.Contains(
            "ipv6_route_blackhole_1=\"2001:db8:1c::/48 -blackhole\"\n",
            text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("blackhole_1", RcConf(document), StringComparison.Ordinal);
    }

    [Fact]
    public void A_gateway_outside_the_interface_s_prefix_gets_a_route_of_its_own()
    {
        var text = RcConf(Fixture.Document("edge02"));
        Assert.Contains(
            "route_gateway4=\"-host 46.4.5.1 -iface vtnet0\"\n",
            text,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            "gateway4=",
            RcConf(Fixture.Document("router01")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_link_local_gateway_names_its_link()
    {
        Assert.Contains(
            "ipv6_defaultrouter=\"fe80::1%vtnet0\"\n",
            RcConf(Fixture.Document("edge02")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Two_default_routes_of_one_family_in_one_FIB_are_refused()
    {
        var document = Fixture.Document("router01");
        var second = new RouteDocument
        {
            Name = "other",
            Destination = "default",
            Family = AddressFamily.Ipv6,
            Via = "2001:db8:1c:ffff::3",
            Fib = 0,
        };
        Assert.Throws<RenderingException>(() => RcConf(document with { Routes = [second] }));
        Assert.Contains(
            "ipv6_defaultrouter_fib1=",
            RcConf(document with { Routes = [second with { Fib = 1 }] }),
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("gateway4")]
    [InlineData("blackhole_1")]
    [InlineData("_default")]
    [InlineData("a-b")]
    public void A_route_s_name_must_be_a_free_word(string name)
    {
        var document = Fixture.Document("router01");
        Assert.Throws<RenderingException>(() =>
            RcConf(document with { Routes = [document.Routes[1] with { Name = name }] })
        );
    }

    private static string RcConf(SiteDocument document) =>
        Fixture.Render(document).Text("/etc/rc.conf");
}
