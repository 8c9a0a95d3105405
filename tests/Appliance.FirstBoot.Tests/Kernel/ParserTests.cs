using Appliance.FirstBoot.Kernel;
using Appliance.FirstBoot.Tests.Samples;

namespace Appliance.FirstBoot.Tests.Kernel;

public class ParserTests
{
    [Fact]
    public void Interfaces_have_their_addresses_tunnels_and_tables()
    {
        var interfaces = InterfaceListParser.Parse(Sample.Read("downstream/ifconfig.txt"));
        Assert.Equal(["vtnet0", "lo0", "gif0", "lo1"], interfaces.Select(item => item.Name));
        var wan = interfaces[0];
        Assert.True(wan.IsUp);
        Assert.True(wan.IsHardware);
        Assert.Equal(("vtnet", 0, 1500), (wan.Driver, wan.Unit, wan.Mtu));
        Assert.Equal("52:54:00:12:34:56", wan.Ether);
        Assert.Equal(["203.0.113.10/24"], wan.Addresses.Select(item => item.Address.ToString()));
        var tunnel = interfaces[2];
        Assert.Equal("203.0.113.10 --> 198.51.100.10", tunnel.Outer);
        Assert.Equal((1, 0, 1480), (tunnel.Fib, tunnel.TunnelFib, tunnel.Mtu));
        Assert.False(tunnel.IsHardware);
        Assert.Equal("fe80::809d:4afe:72cd:8659/64", tunnel.Addresses[1].Address.ToString());
    }

    [Fact]
    public void A_bridge_with_a_MAC_address_is_no_hardware()
    {
        var interfaces = InterfaceListParser.Parse(
            "bridge0: flags=1008843<UP> metric 0 mtu 1500\n\tether 58:9c:fc:10:ff:00\n\tgroups: bridge\n"
        );
        Assert.False(Assert.Single(interfaces).IsHardware);
    }

    [Theory]
    [InlineData("inet6 2001:db8::1 prefixlen 64 tentative", false)]
    [InlineData("inet6 2001:db8::1 prefixlen 64 duplicated", false)]
    [InlineData("inet6 2001:db8::1 prefixlen 64 deprecated", true)]
    [InlineData("inet6 2001:db8::1 prefixlen 64", true)]
    public void An_address_is_usable_after_duplicate_detection(string line, bool usable)
    {
        var item = InterfaceListParser.Parse($"em0: flags=1<UP> mtu 1500\n\t{line}\n")[0];
        Assert.Equal(usable, Assert.Single(item.Addresses).IsUsable);
    }

    [Theory]
    [InlineData("inet 10.0.0.1/24 broadcast 10.0.0.255", "10.0.0.1/24")]
    [InlineData("inet 10.0.0.1 netmask 0xfffffffe", "10.0.0.1/31")]
    [InlineData("inet 10.0.0.1 --> 10.0.0.2 netmask 0xffffffff", "10.0.0.1/32")]
    [InlineData("inet6 2001:db8::1 --> 2001:db8::2 prefixlen 128", "2001:db8::1/128")]
    [InlineData("inet6 fe80::1%em0/64 scopeid 0x1", "fe80::1/64")]
    public void An_address_may_be_written_in_several_ways(string line, string expected)
    {
        var item = InterfaceListParser.Parse($"em0: flags=1<UP> mtu 1500\n\t{line}\n")[0];
        Assert.Equal(expected, Assert.Single(item.Addresses).Address.ToString());
    }

    [Fact]
    public void Routes_have_their_flags_and_the_default_its_family()
    {
        var routes = RouteTableParser.Parse(Sample.Read("edge/netstat-fib0.json"));
        Assert.Equal(11, routes.Count);
        Assert.Equal(
            ["via 198.51.100.1 on vtnet0", "via 2001:db8:100::1 on vtnet0"],
            routes.Where(route => route.IsDefault).Select(route => route.ToString())
        );
        Assert.Equal(
            "2001:db8:1c::/48",
            Assert.Single(routes, route => route.IsBlackhole).Destination.ToString()
        );
    }

    [Fact]
    public void Modules_are_known_by_file_and_by_name()
    {
        var modules = ModuleListParser.Parse(Sample.Read("edge/kldstat.txt"));
        Assert.Superset(
            new HashSet<string> { "kernel", "vtnet", "if_gif", "if_gre", "pf" },
            modules.ToHashSet()
        );
        Assert.DoesNotContain("Name", modules);
    }

    [Fact]
    public void Settings_come_without_quotes_and_comments()
    {
        var settings = SettingListParser.Parse(
            "# a=b\nhostname=\"r.example\" # us\nnet.fibs=2\nempty=\"\"\nkern.x=a b # c\nnot a setting\n"
        );
        Assert.Equal(4, settings.Count);
        Assert.Equal("r.example", settings["hostname"]);
        Assert.Equal("2", settings["net.fibs"]);
        Assert.Equal("", settings["empty"]);
        Assert.Equal("a b", settings["kern.x"]);
    }

    [Fact]
    public void Sockets_know_their_program_and_whether_they_are_local()
    {
        var sockets = SocketListParser.Parse(Sample.Read("edge/sockstat.json"));
        Assert.Equal(5, sockets.Count);
        Assert.Equal("sshd tcp6 *:22", sockets[0].ToString());
        Assert.Single(sockets, socket => socket.IsLoopback);
    }

    [Fact]
    public void Jails_have_addresses_and_the_tables_of_their_processes()
    {
        var jails = JailListParser.Parse(
            "1 web 2001:db8::10,2001:db8::11\n7 idle -\n",
            "    0   0\n    1   1\n    1   0\n    1   1\n"
        );
        Assert.Equal(["2001:db8::10", "2001:db8::11"], jails[0].Addresses);
        Assert.Equal([0, 1], jails[0].Fibs);
        Assert.Empty(jails[1].Addresses);
        Assert.Empty(jails[1].Fibs);
    }

    [Fact]
    public void The_rules_of_the_file_and_of_the_kernel_are_the_same_text()
    {
        var configured = PacketFilterParser.Rules(Sample.Read("pfctl-nvf.txt"));
        Assert.Equal(38, configured.Count);
        Assert.Equal(configured, PacketFilterParser.Rules(Sample.Read("pfctl-sr.txt")));
        Assert.True(PacketFilterParser.IsEnabled(Sample.Read("pfctl-si.txt")));
        Assert.False(PacketFilterParser.IsEnabled("Status: Disabled"));
    }

    [Fact]
    public void Tables_of_the_optimiser_have_random_names()
    {
        const string Rule = "pass in from <__automatic_NAME_0> to any";
        Assert.Equal(
            PacketFilterParser.Rules(Rule.Replace("NAME", "7d31c42a", StringComparison.Ordinal)),
            PacketFilterParser.Rules(Rule.Replace("NAME", "1f00aa01", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void Files_may_have_names_with_spaces()
    {
        var files = FileListParser.Parse("600 root wheel /root/a b\nstat: /x: No such file\n");
        Assert.Equal(new FileFacts(0b110_000_000, "root", "wheel"), files["/root/a b"]);
        Assert.Single(files);
    }

    [Theory]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("192.0.2.0/24", "2001:db8::1", false)]
    [InlineData("0.0.0.0/0", "198.51.100.1", true)]
    public void A_prefix_holds_its_addresses(string prefix, string address, bool holds)
    {
        Assert.Equal(holds, Cidr.Parse(prefix).Contains(System.Net.IPAddress.Parse(address)));
    }

    [Theory]
    [InlineData("192.0.2.1/33")]
    [InlineData("2001:db8::/129")]
    [InlineData("2001:db8::/-1")]
    [InlineData("link#1")]
    [InlineData("")]
    public void What_is_no_address_is_none(string text)
    {
        Assert.False(Cidr.TryParse(text, out _));
        Assert.Throws<FirstBootException>(() => Cidr.Parse(text));
    }
}
