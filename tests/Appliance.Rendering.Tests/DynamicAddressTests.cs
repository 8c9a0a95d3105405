using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests;

/// <summary>Interfaces that DHCP or router advertisements configure in part.</summary>
public sealed class DynamicAddressTests
{
    private static readonly SiteDocument Downstream = Fixture.Document("vps01");

    [Fact]
    public void Dhcp_beside_an_ipv6_address_configures_both()
    {
        var rc = RcConf(
            Downstream,
            item => item with { Ipv6 = "2001:db8:100::1/64", Gateway6 = "fe80::1", Dhcp4 = true }
        );
        Assert.Contains("=\"SYNCDHCP", rc, StringComparison.Ordinal);
        Assert.Contains(
            "_ipv6=\"inet6 2001:db8:100::1 prefixlen 64 -accept_rtadv\"",
            rc,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_ipv6_address_without_a_gateway_may_accept_router_advertisements()
    {
        var site = With(
            Fixture.Document("router01"),
            item => item with { Gateway6 = null, RouterAdvertisements = true }
        );
        var rc = Render(site, "/etc/rc.conf");
        Assert.Contains(" accept_rtadv\"", rc, StringComparison.Ordinal);
        // A kernel that forwards accepts them nowhere else.
        Assert.Contains("ipv6_cpe_wanif=\"vtnet0\"", rc, StringComparison.Ordinal);
        Assert.Contains("rtsold_enable=\"YES\"", rc, StringComparison.Ordinal);
        foreach (var path in new[] { "/etc/pf.conf", "/etc/pf-fallback.conf" })
        {
            Assert.Contains(
                "inet6 proto icmp6 from fe80::/10 to any icmp6-type 134",
                Render(site, path),
                StringComparison.Ordinal
            );
        }
    }

    [Fact]
    public void Without_them_no_rule_lets_router_advertisements_in()
    {
        Assert.DoesNotContain(
            "icmp6-type 134",
            Render(Fixture.Document("router01"), "/etc/pf.conf"),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_gateway_and_router_advertisements_exclude_each_other()
    {
        var site = With(
            Fixture.Document("router01"),
            item => item with { RouterAdvertisements = true }
        );
        Assert.Contains(
            "exclude each other",
            Assert.Throws<RenderingException>(() => Render(site, "/etc/rc.conf")).Message,
            StringComparison.Ordinal
        );
    }

    private static string RcConf(
        SiteDocument site,
        Func<InterfaceDocument, InterfaceDocument> change
    ) =>
        Render(
            With(site, item => change(item with { Ipv4 = null, Gateway4 = null })),
            "/etc/rc.conf"
        );

    private static SiteDocument With(
        SiteDocument site,
        Func<InterfaceDocument, InterfaceDocument> change
    ) => site with { Interfaces = [change(site.Interfaces[0]), .. site.Interfaces.Skip(1)] };

    private static string Render(SiteDocument site, string path) => Fixture.Render(site).Text(path);
}
