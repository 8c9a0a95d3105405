using System.Diagnostics;
using System.Globalization;
using Appliance.FirstBoot.Tests.Fakes;

namespace Appliance.FirstBoot.Tests.Overlay;

/// <summary>
/// What watchfrr runs, under a Bourne shell of this machine, with stand-ins for the programs of FreeBSD and FRR.
/// </summary>
public sealed class FrrRestartTests : ScriptRoot
{
    private const string Script = "/usr/local/libexec/appliance/frr-restart";

    public FrrRestartTests()
    {
        Put(
            "frr-restart",
            Rendered(TestSites.Edge, Script)
                .Content.Replace("/usr/local/", Root + "/usr/local/", StringComparison.Ordinal)
                .Replace("/var/run/", Root + "/var/run/", StringComparison.Ordinal)
        );
        Program("usr/local/etc/rc.d/frr", "echo \"rc ${frr_vtysh_boot:-YES} $*\" >> $ROOT/log");
        Program("usr/local/bin/vtysh", "echo \"vtysh $*\" >> $ROOT/log");
        Program("bin/service", "echo \"service $*\" >> $ROOT/log");
        Program("bin/route", "echo \"route $*\" >> $ROOT/log");
        Program("bin/logger", "echo \"logger $*\" >> $ROOT/log");
        Program("bin/pgrep", "test $1 = -F && test $3 = -x && kill -0 $(cat \"$2\") && cat \"$2\"");
        // As long as FreeBSD's would for a daemon that ends, and without its patience for one that does not.
        Program("bin/pwait", "test $1 = -t && exec timeout 2 tail --pid=$3 -f /dev/null");
    }

    /// <summary>FRR's own script gives the file to all daemons, unless it is told not to.</summary>
    [Fact]
    public void A_daemon_that_starts_again_is_the_only_one_that_gets_the_configuration()
    {
        Assert.Equal(0, RunToEnd("frr-restart", "staticd"));
        Assert.Equal(["rc NO restart staticd", "vtysh -b -d staticd"], Log());
        // What rc.conf says would win.
        Assert.DoesNotContain(
            "frr_vtysh_boot",
            Rendered(TestSites.Edge, "/etc/rc.conf").Content,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Watchfrr_hears_of_a_daemon_that_did_not_get_its_configuration()
    {
        Program("usr/local/bin/vtysh", "exit 2");
        Assert.Equal(2, RunToEnd("frr-restart", "bgpd"));
    }

    /// <summary>rc would wait for it for ever, and watchfrr for rc.</summary>
    [Theory]
    [InlineData("bgpd", "bgpd")]
    [InlineData("zebra", "all")]
    public void A_daemon_that_hangs_is_killed_before_it_is_started(string daemon, string asked)
    {
        using var hung = Daemon(daemon, "trap '' TERM");
        Assert.Equal(0, RunToEnd("frr-restart", asked));
        Assert.True(hung.WaitForExit(TimeSpan.FromSeconds(5)));
        Assert.Equal(128 + 9, hung.ExitCode);
        Assert.Equal($"logger -t appliance {daemon} hung, and was killed", Log()[0]);
    }

    [Theory]
    [InlineData("bgpd", "bgpd")]
    [InlineData("zebra", "all")]
    public void A_daemon_that_hears_is_asked_to_end(string daemon, string asked)
    {
        using var heard = Daemon(daemon, "trap 'exit 7' TERM");
        Assert.Equal(0, RunToEnd("frr-restart", asked));
        Assert.True(heard.WaitForExit(TimeSpan.FromSeconds(5)));
        Assert.Equal(7, heard.ExitCode);
        Assert.DoesNotContain(Log(), line => line.StartsWith("logger", StringComparison.Ordinal));
    }

    /// <summary>It is what runs the script.</summary>
    [Fact]
    public void Watchfrr_is_left_alone_when_all_end()
    {
        using var watchfrr = Daemon("watchfrr", "trap 'exit 7' TERM");
        Assert.Equal(0, RunToEnd("frr-restart", "all"));
        Assert.False(watchfrr.HasExited);
        watchfrr.Kill();
    }

    [Fact]
    public void A_watchfrr_that_is_gone_is_started_and_no_daemon_is_given_anything()
    {
        using (var watchfrr = Daemon("watchfrr", ""))
        {
            watchfrr.Kill();
            watchfrr.WaitForExit();
        }

        Assert.Equal(0, RunToEnd("frr-restart", "watchfrr"));
        Assert.Equal(
            ["logger -t appliance watchfrr was gone, and is started", "rc NO start"],
            Log()
        );
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_watchfrr_that_runs_or_was_stopped_is_left_alone(bool runs)
    {
        using var watchfrr = Daemon("watchfrr", "");
        if (!runs)
        {
            watchfrr.Kill();
            File.Delete(At("var/run/frr/watchfrr.pid"));
        }

        Assert.Equal(0, RunToEnd("frr-restart", "watchfrr"));
        Assert.Empty(Log());
        Assert.Equal(runs, !watchfrr.WaitForExit(100));
    }

    /// <summary>rc removes the number a moment after the end.</summary>
    [Fact]
    public void A_watchfrr_that_is_being_stopped_is_not_started_again()
    {
        Daemon("watchfrr", "").Kill();
        Program("bin/sleep", "rm $ROOT/var/run/frr/watchfrr.pid");
        Assert.Equal(0, RunToEnd("frr-restart", "watchfrr"));
        Assert.Empty(Log());
    }

    [Fact]
    public void Cron_asks_for_watchfrr_every_minute() =>
        Assert.Contains(
            $"\n* * * * * root {Script} watchfrr ",
            Rendered(TestSites.Edge, "/etc/cron.d/appliance-frr").Content,
            StringComparison.Ordinal
        );

    /// <summary>zebra itself takes away what it finds of its own, except over link-local addresses.</summary>
    [Fact]
    public void Routes_that_a_killed_zebra_left_behind_go_before_the_next_one_starts()
    {
        Program(
            "bin/netstat",
            """
            test "$*" = "-rnW -f inet6" && cat << END
            Destination                       Gateway                       Flags   Nhop#    Mtu    Netif Expire
            2001:db8:1c::/48                  link#3                        USB        19  16384      lo0
            2d00:9991::/32                    fe80::b:7%vtnet1              UGS1       17   1500   vtnet1
            2d00:9992::/32                    2d00:b0::1                    UGS1       18   1500   vtnet0
            default                           fe80::b:1%vtnet0              UGS        20   1500   vtnet0
            2d00:9993::/32                    fe80::b:1%gif0                UG1        21   1480     gif0
            END
            """
        );
        Assert.Equal(0, RunToEnd("frr-restart", "all"));
        var log = Log();
        Assert.Equal("service frr stop all", log[0]);
        Assert.Equal("service frr start all", log[^1]);
        Assert.Equal(
            [
                "route -qn delete -inet6 2d00:9991::/32 fe80::b:7%vtnet1",
                "route -qn delete -inet6 2d00:9993::/32 fe80::b:1%gif0",
            ],
            log[1..^1].Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Watchfrr_is_told_to_run_it_and_it_can_be_run()
    {
        Assert.Contains(
            $"watchfrr_flags=\"-r {Script}bB%s ",
            Rendered(TestSites.Edge, "/etc/rc.conf").Content,
            StringComparison.Ordinal
        );
        Assert.Equal(0b101_101_101, Rendered(TestSites.Edge, Script).Mode);
    }

    /// <summary>A process that has left its number where FRR's daemons do.</summary>
    private Process Daemon(string name, string trap)
    {
        Put(
            "daemon",
            $"{trap}\ntouch $ROOT/ready\nwhile test -e $ROOT/ready; do sleep 0.05; done\n"
        );
        var process = Process.Start(Shell("daemon"))!;
        while (!File.Exists(At("ready")))
        {
            Assert.False(process.HasExited);
            Thread.Sleep(10);
        }

        Put($"var/run/frr/{name}.pid", process.Id.ToString(CultureInfo.InvariantCulture));
        return process;
    }

    [Fact]
    public void A_machine_without_FRR_needs_none() =>
        Assert.DoesNotContain(Render(TestSites.Downstream), file => file.Path == Script);
}
