using Appliance.FirstBoot.Tests.Fakes;

namespace Appliance.FirstBoot.Tests.Overlay;

/// <summary>
/// What devd(8) starts when a link goes down, under a Bourne shell of this machine, with stand-ins for the programs of
/// FreeBSD. The tables are those of a running one.
/// </summary>
public sealed class LinkDownTests : ScriptRoot
{
    private const string Script = "/usr/local/libexec/appliance/link-down";

    private const string Alone =
        "2d00:4600::/32 2d00:b1::6449:7 UG1 11 1500 vtnet1\n"
        + "2d00:4601::/32 fe80::b:7%vtnet1 UG1 12 1500 vtnet1\n";

    private const string Remaining = """
        ::1 link#3 UHS 1 16384 lo0
        100::1 link#3 UH1B 15 16384 lo0
        default 2d00:b1::1 UGS 7 1500 vtnet1
        2d00:a0::/40 link#3 USB 14 16384 lo0
        2d00:b1::/64 link#2 U 6 1500 vtnet1
        2d00:1000::/32 fe80::b:1%vtnet0 UG1 9 1500 vtnet0
        2d00:1001::/32 fe80::b:1%vtnet10 UG1 9 1500 vtnet10

        """;

    public LinkDownTests()
    {
        Put("link-down", Rendered(TestSites.Edge, Script).Content);
        Program(
            "bin/ifconfig",
            """
            case "$*" in
            "-l -d") cat "$ROOT/off" ;;
            *) cat "$ROOT/$1" ;;
            esac
            """
        );
        Program("bin/netstat", "cat \"$ROOT/$3\"");
        Program(
            "bin/route",
            """
            grep -v "^$4 $5 " "$ROOT/${3#-}" > "$ROOT/left"
            mv "$ROOT/left" "$ROOT/${3#-}"
            """
        );
        Program("bin/sleep", "echo sleep >> \"$ROOT/log\"");
        Program("bin/logger", "echo \"$3\" >> \"$ROOT/log\"");
        Put(
            "vtnet1",
            "vtnet1: flags=1008843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST>\n\tstatus: no carrier\n"
        );
        Put("inet", "default 11.220.0.1 UGS 6 1500 vtnet0\n");
        Put("inet6", Remaining);
    }

    [Fact]
    public void Routes_of_zebra_through_the_link_go_in_both_families_and_no_others()
    {
        // One is shared out with a link that is there.
        Put("inet6", Remaining + Alone + "2d00:1000::/32 fe80::b:7%vtnet1 UG1 12 1500 vtnet1\n");
        Put(
            "inet",
            "default 11.220.0.1 UGS 6 1500 vtnet0\n11.0.0.0/16 11.221.0.1 UG1 8 1500 vtnet1\n"
        );
        RunToEnd("link-down", "vtnet1");
        Assert.Equal(Remaining, File.ReadAllText(At("inet6")));
        Assert.Equal("default 11.220.0.1 UGS 6 1500 vtnet0\n", File.ReadAllText(At("inet")));
        Assert.Equal(
            ["sleep", "vtnet1 is down: 4 routes through it deleted", "sleep", "sleep"],
            Log()
        );
    }

    [Fact]
    public void A_route_that_zebra_puts_back_before_it_knows_goes_again()
    {
        Put("inet6", Remaining + Alone);
        Program(
            "bin/route",
            """
            test $(grep -c sleep "$ROOT/log") -gt 2 || exit 0
            grep -v "^$4 $5 " "$ROOT/${3#-}" > "$ROOT/left"
            mv "$ROOT/left" "$ROOT/${3#-}"
            """
        );
        RunToEnd("link-down", "vtnet1");
        Assert.Equal(Remaining, File.ReadAllText(At("inet6")));
        Assert.Equal(
            3,
            Log()
                .Count(line =>
                    line.EndsWith("2 routes through it deleted", StringComparison.Ordinal)
                )
        );
    }

    [Theory]
    [InlineData("flags=1008843<UP,BROADCAST,RUNNING>\n\tstatus: active\n")]
    [InlineData("flags=1008051<UP,POINTOPOINT,RUNNING>\n")]
    public void A_link_that_is_up_again_keeps_its_routes(string state)
    {
        Put("vtnet1", "vtnet1: " + state);
        Put("inet6", Remaining + Alone);
        RunToEnd("link-down", "vtnet1");
        Assert.Equal(Remaining + Alone, File.ReadAllText(At("inet6")));
        Assert.Equal(["sleep"], Log());
    }

    [Fact]
    public void A_link_that_was_switched_off_has_no_carrier_to_tell()
    {
        Put("vtnet1", "vtnet1: flags=1008802<BROADCAST,SIMPLEX,MULTICAST>\n");
        Put("inet6", Remaining + Alone);
        RunToEnd("link-down", "vtnet1");
        Assert.Equal(Remaining, File.ReadAllText(At("inet6")));
    }

    /// <summary>Every step is what is off, and the route that stands meanwhile; after the last one the test has seen enough.</summary>
    [Theory]
    [InlineData(new[] { "", "gre0" }, 1)]
    [InlineData(new[] { "enc0", "enc0 gre0", "enc0 gre0", "gre0 enc0" }, 1)]
    [InlineData(new[] { "gre0", "", "gre0" }, 2)]
    [InlineData(new[] { "enc0", "enc0" }, 0)]
    public void Without_a_name_it_looks_after_every_link_once_when_it_is_switched_off(
        string[] steps,
        int deleted
    )
    {
        foreach (var (number, off) in steps.Index())
        {
            Put($"off{number}", off + "\n");
        }

        Put("enc0", "enc0: flags=0\n");
        Put("gre0", "gre0: flags=1008010<POINTOPOINT,MULTICAST>\n");
        Put("with", Remaining + "2d00:d0::/48 2d00:b2::3 UG1 9 1400 gre0\n");
        Program(
            "bin/ifconfig",
            """
            step=$(grep -c "sleep 5" "$ROOT/log" 2> /dev/null)
            case "$*" in
            "-l -d") cat "$ROOT/off${step:-0}" && cp "$ROOT/with" "$ROOT/inet6" ;;
            *) cat "$ROOT/$1" ;;
            esac
            """
        );
        Program(
            "bin/sleep",
            $"echo \"sleep $1\" >> \"$ROOT/log\"; test $(grep -c 'sleep 5' \"$ROOT/log\") -lt {steps.Length} || kill $PPID"
        );
        RunToEnd("link-down");
        Assert.Equal(
            deleted,
            Log().Count(line => line == "gre0 is down: 1 routes through it deleted")
        );
    }

    [Fact]
    public void Devd_is_told_to_start_it_and_not_to_wait()
    {
        var rule = Rendered(TestSites.Edge, "/usr/local/etc/devd/appliance.conf").Content;
        Assert.Contains("match \"type\"\t\"LINK_DOWN\";", rule, StringComparison.Ordinal);
        Assert.Contains(
            $"action \"{Script} $subsystem > /dev/null 2>&1 &\";",
            rule,
            StringComparison.Ordinal
        );
        Assert.Equal(0b101_101_101, Rendered(TestSites.Edge, Script).Mode);
    }

    [Fact]
    public void A_machine_without_FRR_needs_none() =>
        Assert.DoesNotContain(Render(TestSites.Downstream), file => file.Path == Script);
}
