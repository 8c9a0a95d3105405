using Appliance.Model.Values;

namespace Appliance.Model.Tests.Values;

/// <summary>The texts that values accept, refuse and write.</summary>
public class ValueTests
{
    [Theory]
    [InlineData("64497:9501", "64497:9501")]
    [InlineData("0:0", "0:0")]
    [InlineData("65535:65535", "65535:65535")]
    [InlineData("4294967295:0:4294967295", "4294967295:0:4294967295")]
    public void A_community_is_read_and_written(string text, string canonical) =>
        AssertReads<Community>(text, canonical);

    [Theory]
    [InlineData("64497")]
    [InlineData("64497:")]
    [InlineData("65536:1")]
    [InlineData("1:65536")]
    [InlineData("1:2:4294967296")]
    [InlineData("1:2:3:4")]
    [InlineData("01:2")]
    [InlineData("no-export")]
    public void What_is_no_community_is_refused(string text) => AssertRefuses<Community>(text);

    [Theory]
    [InlineData("58:9C:FC:00:11:22", "58:9c:fc:00:11:22")]
    [InlineData("58-9c-fc-00-11-22", "58:9c:fc:00:11:22")]
    [InlineData("02:00:00:00:00:01", "02:00:00:00:00:01")]
    public void A_mac_is_written_as_ifconfig_writes_it(string text, string canonical) =>
        AssertReads<Mac>(text, canonical);

    [Theory]
    [InlineData("00:00:00:00:00:00")]
    [InlineData("ff:ff:ff:ff:ff:ff")]
    [InlineData("01:00:5e:00:00:01")]
    [InlineData("589cfc001122")]
    [InlineData("58:9c:fc:00:11:2")]
    [InlineData("58:9c:fc:00:11:2g")]
    [InlineData("58:9c-fc:00:11:22")]
    [InlineData("58:9c:fc:00:11: 2")]
    public void What_no_interface_has_as_its_mac_is_refused(string text) =>
        AssertRefuses<Mac>(text);

    [Theory]
    [InlineData("Router01.Example.NET", "router01.example.net")]
    [InlineData("3com.example", "3com.example")]
    [InlineData("a", "a")]
    [InlineData("xn--bcher-kva.example", "xn--bcher-kva.example")]
    public void A_host_name_is_read_and_lowered(string text, string canonical) =>
        AssertReads<HostName>(text, canonical);

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a..b")]
    [InlineData("example.net.")]
    [InlineData("-a.example")]
    [InlineData("a-.example")]
    [InlineData("a_b.example")]
    [InlineData("bücher.example")]
    [InlineData("192.0.2.1")]
    [InlineData("a b")]
    [InlineData("a\n")]
    public void What_is_no_host_name_is_refused(string text) => AssertRefuses<HostName>(text);

    [Fact]
    public void The_limits_of_a_host_name_are_63_and_253_characters()
    {
        var label = new string('a', 63);
        AssertReads<HostName>(label, label);
        AssertRefuses<HostName>(label + "a");
        var longest = $"{label}.{label}.{label}.{label[..61]}";
        Assert.Equal(253, longest.Length);
        AssertReads<HostName>(longest, longest);
        AssertRefuses<HostName>(longest + "a");
    }

    [Theory]
    [InlineData("a")]
    [InlineData("router01")]
    [InlineData("vps-01-b")]
    [InlineData("a2345678901234567890123456789012")]
    public void A_plain_name_is_read(string text) => AssertReads<EntryName>(text, text);

    [Theory]
    [InlineData("")]
    [InlineData("1a")]
    [InlineData("A")]
    [InlineData("a_b")]
    [InlineData("a.b")]
    [InlineData("a-")]
    [InlineData("a/b")]
    [InlineData("a$(reboot)")]
    [InlineData("a23456789012345678901234567890123")]
    public void What_would_not_fit_a_variable_or_file_name_is_refused(string text) =>
        AssertRefuses<EntryName>(text);

    [Theory]
    [InlineData("68", "68")]
    [InlineData("65535", "65535")]
    public void An_mtu_is_read(string text, string canonical) => AssertReads<Mtu>(text, canonical);

    [Theory]
    [InlineData("67")]
    [InlineData("65536")]
    [InlineData("1e3")]
    [InlineData("+1500")]
    [InlineData("1500 ")]
    public void What_is_no_mtu_is_refused(string text) => AssertRefuses<Mtu>(text);

    [Fact]
    public void The_largest_segments_are_the_mtu_less_the_headers()
    {
        Assert.Equal((1420, 1440), (new Mtu(1480).Mss6, new Mtu(1480).Mss4));
        Assert.Equal((1416, 1436), (new Mtu(1476).Mss6, new Mtu(1476).Mss4));
        Assert.Equal(1220, new Mtu(1280).Mss6);
    }

    [Theory]
    [InlineData("0:0:3:0", "0:0:3:0")]
    [InlineData("pci0:255:31:7", "0:255:31:7")]
    public void A_pci_position_is_read_also_as_pciconf_writes_it(string text, string canonical) =>
        AssertReads<PciPosition>(text, canonical);

    [Theory]
    [InlineData("0:0:32:0")]
    [InlineData("0:0:3:8")]
    [InlineData("0:0:3")]
    [InlineData("0000:00:03.0")]
    public void What_is_no_pci_position_is_refused(string text) => AssertRefuses<PciPosition>(text);

    [Theory]
    [InlineData("512", 512L, "512")]
    [InlineData("512K", 512L << 10, "512K")]
    [InlineData("34M", 34L << 20, "34M")]
    [InlineData("1024M", 1L << 30, "1G")]
    [InlineData("1024T", 1L << 50, "1024T")]
    public void A_size_is_read_in_powers_of_1024(string text, long bytes, string canonical)
    {
        AssertReads<ByteSize>(text, canonical);
        Assert.True(ByteSize.TryParse(text, out var size, out _));
        Assert.Equal(bytes, size.Bytes);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("34m")]
    [InlineData("34MiB")]
    [InlineData("1.5G")]
    [InlineData("-1G")]
    [InlineData("1025T")]
    [InlineData("4294967295T")]
    [InlineData("M")]
    public void What_is_no_size_is_refused(string text) => AssertRefuses<ByteSize>(text);

    [Theory]
    [InlineData("192.0.2.10/24")]
    [InlineData("192.0.2.0/31")]
    [InlineData("192.0.2.0/32")]
    [InlineData("2001:db8::/127")]
    [InlineData("2001:db8::/128")]
    [InlineData("2001:db8::ffff:ffff:ffff:ffff/64")]
    public void An_interface_address_is_read(string text) =>
        AssertReads<InterfaceAddress>(text, text);

    [Theory]
    [InlineData("192.0.2.0/24")]
    [InlineData("192.0.2.255/24")]
    [InlineData("2001:db8::/64")]
    [InlineData("192.0.2.1")]
    [InlineData("192.0.2.1/0")]
    [InlineData("::/128")]
    public void An_address_that_no_interface_has_is_refused(string text) =>
        AssertRefuses<InterfaceAddress>(text);

    [Theory]
    [InlineData("rpki.example.net", "rpki.example.net")]
    [InlineData("2001:DB8::0", "2001:db8::")]
    public void A_host_may_be_a_name_or_an_address(string text, string canonical) =>
        AssertReads<HostOrAddress>(text, canonical);

    internal static void AssertReads<T>(string text, string canonical)
        where T : struct, IParsedValue<T>
    {
        Assert.True(T.TryParse(text, out var value, out var reason), reason);
        Assert.Equal(canonical, value.ToString());
        Assert.True(T.TryParse(canonical, out var again, out _));
        Assert.Equal(value, again);
    }

    internal static void AssertRefuses<T>(string text)
        where T : struct, IParsedValue<T>
    {
        Assert.False(T.TryParse(text, out _, out var reason));
        Assert.NotEmpty(reason);
    }
}
