using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Verdicts;
using Appliance.Rendering.Verdicts;
using Outcome = Appliance.Rendering.Verdicts.Personalisation;

namespace Appliance.FirstBoot.Tests.Checks;

public class CheckTests
{
    [Fact]
    public void An_edge_that_is_all_right_passes_every_check()
    {
        var verdict = Verify(new FreeBsd(TestSites.Edge));
        Assert.Empty(Failed(verdict));
        Assert.True(verdict.Ok);
        Assert.Equal(Outcome.Done, verdict.Personalisation);
        Assert.Equal("UEFI", verdict.BootMethod);
        Assert.Equal(1, verdict.Boot);
        Assert.Contains(verdict.Checks, check => check.Name == "tunnel.gif0.tunnelfib");
        Assert.Contains(verdict.Checks, check => check.Name == "route.fib0.2001:db8:1c::/48");
        Assert.Equal(verdict.Checks.Count, verdict.Checks.DistinctBy(check => check.Name).Count());
    }

    [Fact]
    public void A_downstream_host_that_is_all_right_passes_every_check()
    {
        var verdict = Verify(new FreeBsd(TestSites.Downstream));
        Assert.Empty(Failed(verdict));
        Assert.True(verdict.Ok);
        Assert.Contains(verdict.Checks, check => check.Name == "jail.web.fib");
        Assert.Contains(verdict.Checks, check => check.Name == "route.fib1.0.0.0.0/0");
    }

    public static TheoryData<string, string, string, string> EdgeFaults =>
        new()
        {
            { "ifconfig", "metric 0 mtu 1480", "metric 0 mtu 1280", "tunnel.gif0.mtu" },
            { "ifconfig", "--> 203.0.113.10", "--> 203.0.113.11", "tunnel.gif0.outer" },
            { "ifconfig", "groups: gif", "groups: gif\n\tfib: 1", "tunnel.gif0.fib" },
            { "ifconfig", "groups: gif", "groups: gif\n\ttunnelfib: 1", "tunnel.gif0.tunnelfib" },
            {
                "ifconfig",
                "1c:ffff:: prefixlen 127",
                "1c:ffff::2 prefixlen 127",
                "tunnel.gif0.inner"
            },
            {
                "ifconfig",
                "1c:ffff:: prefixlen 127",
                "1c:ffff:: prefixlen 64",
                "tunnel.gif0.inner"
            },
            { "ifconfig", "gif0: flags=1008051<UP,", "gif0: flags=8010<", "tunnel.gif0.up" },
            { "ifconfig", "groups: gre", "groups: gif", "tunnel.gre0.kind" },
            {
                "ifconfig",
                "::96 prefixlen 64",
                "::96 prefixlen 64 tentative",
                "interface.wan.ipv6"
            },
            {
                "ifconfig",
                "::96 prefixlen 64",
                "::96 prefixlen 64 duplicated",
                "interface.wan.ipv6"
            },
            {
                "ifconfig",
                "198.51.100.10 netmask 0xffffff00",
                "198.51.100.10 netmask 0xffffffff",
                "interface.wan.ipv4"
            },
            {
                "ifconfig",
                "vtnet0: flags=1008843<UP,",
                "vtnet0: flags=1008802<",
                "interface.wan.up"
            },
            {
                "ifconfig",
                "1c::1 prefixlen 128",
                "1c::1 prefixlen 64",
                "loopback.lo0.2001:db8:1c::1"
            },
            {
                "netstat0",
                "\"flags\": \"USB\"",
                "\"flags\": \"US\"",
                "route.fib0.2001:db8:1c::/48"
            },
            { "netstat0", "\"2001:db8:100::1\"", "\"2001:db8:100::2\"", "route.fib0.::/0" },
            { "netstat0", "\"198.51.100.1\"", "\"198.51.100.2\"", "route.fib0.0.0.0.0/0" },
            { "netstat0", "1c:1000::/64", "1c:2000::/64", "route.fib0.2001:db8:1c:1000::/64" },
            { "kldstat", "if_gre", "if_other", "module.if_gre" },
            { "kenv", "textmode=\"1\"", "textmode=\"0\"", "tunable.hw.vga.textmode" },
            { "pfctl-si", "Enabled", "Disabled", "pf.status" },
            {
                "pfctl-sr",
                "pass out quick on vtnet0 from (vtnet0)",
                "pass in quick on vtnet0 from (vtnet0)",
                "pf.rules.content"
            },
            {
                "pfctl-sr",
                "pass out quick on vtnet0 from (vtnet0) to any flags S/SA keep state\n",
                "",
                "pf.rules.count"
            },
            { "pfctl-sr", "block drop log all", "pass all", "pf.rules.block" },
            { "frr", "is running as pid 700", "is not running", "frr.watchfrr" },
            { "frr-all", "zebra is running as pid 702", "zebra is not running", "frr.zebra" },
            { "sockstat", "\"command\":\"sshd\"", "\"command\":\"telnetd\"", "socket.sshd" },
            { "sockstat", "127.0.0.1\",\"port\":2605", "*\",\"port\":2605", "socket.others" },
            { "sockstat", "\"port\":179", "\"port\":178", "socket.bgpd" },
            { "sockstat", "\"sockstat\": {", "\"sockstat\": [", "program.sockstat" },
        };

    [Theory]
    [MemberData(nameof(EdgeFaults))]
    public void A_fault_of_an_edge_fails_its_check(
        string output,
        string text,
        string with,
        string check
    )
    {
        var bsd = new FreeBsd(TestSites.Edge);
        AssertFault(bsd, output, text, with, check);
    }

    public static TheoryData<string, string, string, string> DownstreamFaults =>
        new()
        {
            { "ifconfig", "\tgroups: gif\n\tfib: 1", "\tgroups: gif", "tunnel.gif0.fib" },
            { "ifconfig", "\tgroups: lo\n\tfib: 1", "\tgroups: lo", "announced.lo1.fib" },
            {
                "ifconfig",
                "1000::1 prefixlen 128",
                "1000::1 prefixlen 64",
                "announced.lo1.2001:db8:1c:1000::1"
            },
            { "netstat1", "\"default\"", "\"2000::/3\"", "route.fib1.::/0" },
            { "netstat0", "\"::1\"", "\"default\"", "route.fib0.::/0" },
            {
                "netstat0",
                "203.0.113.0/24",
                "2001:db8:1c:1000::/64",
                "route.fib0.2001:db8:1c:1000::/64"
            },
            { "jls", "web", "other", "jail.web.running" },
            { "jls", "::10", "::11", "jail.web.address" },
            { "ps", "    1   1\n", "    1   0\n", "jail.web.fib" },
            { "sockstat", "1c:1000::10", "1c:1000::11", "socket.others" },
        };

    [Theory]
    [MemberData(nameof(DownstreamFaults))]
    public void A_fault_of_a_downstream_host_fails_its_check(
        string output,
        string text,
        string with,
        string check
    )
    {
        var bsd = new FreeBsd(TestSites.Downstream);
        AssertFault(bsd, output, text, with, check);
    }

    [Theory]
    [InlineData("inet 198.51.100.10 netmask", "inet 198.51.100.77 netmask", true)]
    [InlineData("inet 198.51.100.10 netmask", "inex 198.51.100.10 netmask", false)]
    public void An_interface_without_addresses_gets_one_by_DHCP(string text, string with, bool ok)
    {
        var wan = TestSites.Edge.Interfaces[0] with
        {
            Ipv4 = null,
            Gateway4 = null,
            Ipv6 = null,
            Gateway6 = null,
        };
        var bsd = new FreeBsd(TestSites.Edge with { Interfaces = [wan] });
        bsd.Outputs["ifconfig"] = bsd.Outputs["ifconfig"]
            .Replace(text, with, StringComparison.Ordinal);
        bsd.Outputs["sockstat"] = bsd.Outputs["sockstat"]
            .Replace(
                "\"bgpd\",\"pid\":700,\"fd\":12,\"proto\":\"tcp4\",\"local\":{\"address\":\"127.0.0.1\",\"port\":2605}",
                "\"dhclient\",\"pid\":7,\"fd\":12,\"proto\":\"udp4\",\"local\":{\"address\":\"*\",\"port\":68}",
                StringComparison.Ordinal
            );
        Assert.Equal(ok ? [] : ["interface.wan.ipv4"], Failed(Verify(bsd)));
    }

    /// <summary>What bfdd of FRR 10.7.0 opened on FreeBSD 15.0 for one session, and what it opened too much.</summary>
    [Theory]
    [InlineData("udp6", "*", 3784, true)]
    [InlineData("udp6", "*", 7784, true)]
    [InlineData("udp6", "2001:db8:100::96", 49154, true)]
    [InlineData("udp6", "*", 49152, true)]
    [InlineData("udp6", "*", 49151, false)]
    [InlineData("udp4", "*", 3786, false)]
    [InlineData("tcp4", "*", 2617, false)]
    [InlineData("tcp6", "*", 3784, false)]
    public void Of_BFD_the_sessions_may_listen_and_nothing_else(
        string protocol,
        string address,
        int port,
        bool ok
    )
    {
        var bsd = new FreeBsd(TestSites.Edge);
        bsd.Outputs["sockstat"] = bsd.Outputs["sockstat"]
            .Replace(
                "\"bgpd\",\"pid\":700,\"fd\":12,\"proto\":\"tcp4\",\"local\":{\"address\":\"127.0.0.1\",\"port\":2605}",
                $"\"bfdd\",\"pid\":7,\"fd\":12,\"proto\":\"{protocol}\",\"local\":{{\"address\":\"{address}\",\"port\":{port}}}",
                StringComparison.Ordinal
            );
        Assert.Equal(ok ? [] : ["socket.others"], Failed(Verify(bsd)));
    }

    [Fact]
    public void A_default_route_in_the_wrong_table_is_a_leak()
    {
        var bsd = new FreeBsd(TestSites.Downstream);
        bsd.Outputs["netstat1"] = bsd.Outputs["netstat0"]
            .Replace("\"::1\"", "\"2001:db8::\"", StringComparison.Ordinal);
        var failed = Failed(Verify(bsd));
        Assert.Contains("route.fib1.0.0.0.0/0", failed);
    }

    [Theory]
    [InlineData("net.fibs", "16")]
    [InlineData("net.inet6.ip6.forwarding", "0")]
    [InlineData("net.inet.ip.forwarding", "1")]
    [InlineData("net.inet6.icmp6.rediraccept", "1")]
    [InlineData("net.inet6.ip6.redirect", "1")]
    public void A_sysctl_with_another_value_fails_its_check(string name, string value)
    {
        var bsd = new FreeBsd(TestSites.Edge);
        bsd.Sysctls[name] = value;
        Assert.Equal([$"sysctl.{name}"], Failed(Verify(bsd)));
    }

    [Fact]
    public void A_sysctl_that_does_not_exist_fails_its_check()
    {
        var bsd = new FreeBsd(TestSites.Edge);
        bsd.Sysctls.Remove("net.inet6.ip6.redirect");
        Assert.Equal(["sysctl.net.inet6.ip6.redirect"], Failed(Verify(bsd)));
    }

    [Fact]
    public void Another_host_name_fails_its_check()
    {
        var bsd = new FreeBsd(TestSites.Edge);
        bsd.Sysctls["kern.hostname"] = "unconfigured";
        Assert.Equal(["hostname"], Failed(Verify(bsd)));
    }

    public static TheoryData<string, string, int, string> FileFaults =>
        new()
        {
            { "/etc/hosts", "::1 elsewhere\n", 420, "file./etc/hosts.content" },
            {
                "/root/.ssh/authorized_keys",
                "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILvGJ7ifwWVozlgB+eJ8/xw22fKK4GLwLhufY8in2gpx ops@example.net\n",
                420,
                "file./root/.ssh/authorized_keys.mode"
            },
            {
                "/etc/ssh/ssh_host_ed25519_key",
                "private\n",
                420,
                "file./etc/ssh/ssh_host_ed25519_key.mode"
            },
            {
                "/etc/master.passwd",
                "root::0:0::0:0::/root:/bin/sh\n",
                384,
                "account.root.password"
            },
        };

    [Theory]
    [MemberData(nameof(FileFaults))]
    public void A_file_that_somebody_changed_fails_its_check(
        string path,
        string content,
        int mode,
        string check
    )
    {
        var bsd = new FreeBsd(TestSites.Edge);
        var verdict = Verify(bsd, machine => machine.Put(path, content, mode));
        Assert.Equal([check], Failed(verdict));
    }

    [Theory]
    [InlineData("0\nhello\n", true, "ended with 0")]
    [InlineData("3\nno such file\n", false, "ended with 3: no such file")]
    [InlineData(null, false, "missing")]
    public void A_script_of_a_package_has_to_have_ended_well(string? result, bool ok, string said)
    {
        const string Script = "001-minid-2.0,1-post-install.sh";
        var verdict = Verify(
            new FreeBsd(TestSites.Edge),
            machine =>
            {
                machine.Put("/usr/local/share/appliance/package-scripts", "a folder");
                machine.Programs["/bin/ls"] = _ => new(0, Script + "\n", "");
                if (result is not null)
                {
                    machine.Put($"/var/db/appliance/package-scripts/{Script}", result);
                }
            }
        );
        var check = Assert.Single(
            verdict.Checks,
            check => check.Name == $"package.script.{Script}"
        );
        Assert.Equal((ok, said), (check.Passed, check.Actual));
        Assert.Equal(ok, verdict.Ok);
    }

    [Fact]
    public void Without_FRR_its_daemons_are_not_asked_for()
    {
        var bsd = new FreeBsd(TestSites.Downstream);
        bsd.Machine.Programs.Remove("/usr/sbin/service");
        Assert.DoesNotContain(
            Verify(bsd).Checks,
            check => check.Name.StartsWith("frr.", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void The_hash_of_a_password_is_not_told()
    {
        var bsd = new FreeBsd(TestSites.Edge);
        var verdict = Verify(
            bsd,
            machine => machine.Put("/etc/master.passwd", "root:$6$salt$hash:0:0\n", 384)
        );
        Assert.DoesNotContain("$6$", VerdictJson.WriteLine(verdict), StringComparison.Ordinal);
        Assert.Equal(["account.root.password"], Failed(verdict));
    }

    [Fact]
    public void A_program_that_fails_is_a_failed_check_and_so_is_what_it_was_asked_for()
    {
        var bsd = new FreeBsd(TestSites.Edge);
        var verdict = Verify(
            bsd,
            machine => machine.Programs["/sbin/kldstat"] = _ => new(1, "", "kldstat: no\n")
        );
        Assert.Equal(["program.kldstat", "module.if_gre", "module.if_gif"], Failed(verdict));
    }

    private static void AssertFault(
        FreeBsd bsd,
        string output,
        string text,
        string with,
        string check
    )
    {
        var machine = Personalise(bsd);
        Assert.Contains(text, bsd.Outputs[output], StringComparison.Ordinal);
        bsd.Outputs[output] = bsd.Outputs[output].Replace(text, with, StringComparison.Ordinal);
        var verdict = new Verifier(machine, TestSites.Render, TimeSpan.FromSeconds(3)).Run();
        Assert.Contains(check, Failed(verdict));
        Assert.False(verdict.Ok);
        Assert.Equal(verdict.Failed, Failed(verdict).Count);
    }

    private static Verdict Verify(FreeBsd bsd, Action<FakeMachine>? afterwards = null)
    {
        var machine = Personalise(bsd);
        afterwards?.Invoke(machine);
        return new Verifier(machine, TestSites.Render, TimeSpan.FromSeconds(3)).Run();
    }

    private static FakeMachine Personalise(FreeBsd bsd)
    {
        var machine = FreeBsd.On(bsd.Machine);
        Assert.Equal(
            Outcome.Done,
            new Personaliser(machine, Nobody.Reachable, TestSites.Render).Run().Personalisation
        );
        return machine;
    }

    private static List<string> Failed(Verdict verdict) =>
        [.. verdict.Checks.Where(check => !check.Passed).Select(check => check.Name)];
}
