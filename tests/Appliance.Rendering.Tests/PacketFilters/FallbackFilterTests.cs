namespace Appliance.Rendering.Tests.PacketFilters;

/// <summary>The rules for the day on which the others do not load: closed, with a way in for the owner.</summary>
public class FallbackFilterTests
{
    [Theory]
    [InlineData("in", "tcp", "192.0.2.7", "198.51.100.10", 22, true)]
    [InlineData("in", "tcp", "8.8.8.8", "198.51.100.10", 22, false)]
    [InlineData("in", "tcp", "2001:db8:100::1", "2001:db8:100::96", 179, false)]
    [InlineData("out", "tcp", "2001:db8:100::96", "2001:db8:100::1", 179, false)]
    [InlineData("in", "tcp", "2a00:1450::1", "2001:db8:1c:1000::10", 80, false)]
    [InlineData("in", "icmp6", "2a00:1450::1", "2001:db8:100::96", 128, true)]
    [InlineData("out", "udp", "198.51.100.10", "8.8.8.8", 53, true)]
    [InlineData("in", "icmp6", "fe80::1", "ff02::1", 130, true)]
    [InlineData("in", "icmp6", "2001:db8:100::1", "ff02::1", 130, false)]
    [InlineData("out", "icmp6", "fe80::2", "ff02::16", 143, true)]
    [InlineData("in", "icmp6", "fe80::1", "ff02::1:ff00:96", 135, true)]
    [InlineData("in", "icmp6", "2a00:1450::1", "2001:db8:100::96", 2, true)]
    [InlineData("in", "udp", "8.8.8.8", "198.51.100.10", 123, false)]
    public void Only_the_owner_gets_in(
        string direction,
        string protocol,
        string source,
        string destination,
        int port,
        bool passes
    )
    {
        var document = Fixture.Document("router01");
        var text = Fixture.Render(document).Text("/etc/pf-fallback.conf");
        var packet = new Packet(direction, "vtnet0", protocol, source, destination, port);
        Assert.Equal(passes, new PfRules(text, document).Decide(packet) != Decision.Block);
    }

    [Theory]
    [InlineData("edge02")]
    [InlineData("vps02")]
    public void No_device_is_named_so_the_rules_load_whatever_is_wrong(string site)
    {
        var text = Fixture.Render(site).Text("/etc/pf-fallback.conf");
        Assert.DoesNotContain(" on vtnet", text, StringComparison.Ordinal);
    }
}
