namespace Appliance.Rendering.Tests;

/// <summary>rc.conf is a shell script; a shell says what stands in it.</summary>
public class RcConfShellTests
{
    public static TheoryData<string> Sites => Fixture.All;

    [Theory]
    [MemberData(nameof(Sites))]
    public void A_shell_accepts_the_file(string site)
    {
        var (exitCode, output) = Check(Fixture.Render(site).Text("/etc/rc.conf"));
        Assert.True(exitCode == 0, output);
        Assert.Empty(output);
    }

    [Fact]
    public void A_shell_refuses_a_broken_file()
    {
        Assert.NotEqual(0, Check("hostname=\"router01\nx=\"1\"\n").ExitCode);
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public void Sourcing_the_file_sets_exactly_its_variables(string site)
    {
        var text = Fixture.Render(site).Text("/etc/rc.conf");
        Assert.Equal(Written(text), Sourced(text));
    }

    [Fact]
    public void A_value_that_the_shell_would_expand_is_noticed()
    {
        const string text = "hostname=\"$(echo evil)\"\n";
        Assert.NotEqual(Written(text), Sourced(text));
    }

    [Fact]
    public void The_example_edge_has_the_variables_of_its_document()
    {
        var variables = Sourced(Fixture.Render("router01").Text("/etc/rc.conf"));
        Assert.Equal(
            "tunnel 198.51.100.10 203.0.113.10 tunnelfib 0 fib 0 mtu 1480",
            variables["ifconfig_gif0"]
        );
        Assert.Equal("inet6 2001:db8:1c:ffff::2 prefixlen 127", variables["ifconfig_gif0_ipv6"]);
        Assert.Equal("inet6 2001:db8:1c::1 prefixlen 128", variables["ifconfig_lo0_alias0"]);
        Assert.Equal("aggregate1 vps01_1", variables["ipv6_static_routes"]);
        Assert.Equal("2001:db8:1c::/48 -blackhole", variables["ipv6_route_aggregate1"]);
        Assert.Equal("2001:db8:1c:1000::/64 2001:db8:1c:ffff::3", variables["ipv6_route_vps01_1"]);
        Assert.Equal("YES", variables["ipv6_gateway_enable"]);
        Assert.Equal("NONE", variables["sendmail_enable"]);
        Assert.Equal("mgmtd zebra staticd bgpd", variables["frr_daemons"]);
    }

    [Fact]
    public void The_example_host_keeps_announced_addresses_in_FIB_1()
    {
        var variables = Sourced(Fixture.Render("vps01").Text("/etc/rc.conf"));
        Assert.Equal(
            "tunnel 203.0.113.10 198.51.100.10 tunnelfib 0 fib 1 mtu 1480",
            variables["ifconfig_gif0"]
        );
        Assert.Equal("fib 1 up", variables["ifconfig_lo1"]);
        Assert.Equal("2001:db8:1c:ffff::2", variables["ipv6_defaultrouter_fib1"]);
        Assert.Equal("2001:db8:1c:1000::/64 -blackhole -fib 1", variables["ipv6_route_own1"]);
        Assert.Equal("web", variables["jail_list"]);
        Assert.Equal("NO", variables["ipv6_gateway_enable"]);
        Assert.DoesNotContain("frr_enable", variables.Keys);
    }

    private static ForeignResult Check(string text)
    {
        using var file = new TemporaryFile(text);
        return ForeignTool.Try("sh", "-n", file.Path);
    }

    /// <summary>What the lines say, read without a shell.</summary>
    private static SortedDictionary<string, string> Written(string text) =>
        new(
            text.Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#')
                .Select(line => line.Split('=', 2))
                .ToDictionary(parts => parts[0], parts => parts[1].Trim('"'))
        );

    /// <summary>What a shell that read the file has as variables, beyond what it has anyway.</summary>
    private static SortedDictionary<string, string> Sourced(string text)
    {
        using var file = new TemporaryFile(text);
        var shell = ForeignTool.Require("sh");
        var before = Variables(ForeignTool.Try(shell, "-c", "set").Output);
        var after = Variables(ForeignTool.Try(shell, "-c", $". {file.Path}; set").Output);
        return new SortedDictionary<string, string>(
            after
                .Where(item => !before.ContainsKey(item.Key) && item.Key != "_")
                .ToDictionary(item => item.Key, item => item.Value)
        );
    }

    private static Dictionary<string, string> Variables(string output) =>
        output
            .Split('\n')
            .Where(line => line.Contains('='))
            .Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1].Trim('\''));
}
