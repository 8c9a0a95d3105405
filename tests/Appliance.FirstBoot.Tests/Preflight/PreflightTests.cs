using Appliance.FirstBoot.Commands;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.Preflight;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Verdicts;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Preflight;

public class PreflightTests
{
    private static readonly SiteDocument Edge = TestSites.Edge with
    {
        Preflight = new PreflightDocument { Hold = PreflightHold.Announcements, RetrySeconds = 5 },
        Bgp = new BgpDocument
        {
            RouterId = "198.51.100.10",
            Neighbors =
            [
                new NeighborDocument
                {
                    Name = "ifog",
                    Address = "2001:db8:300::3",
                    Asn = 64497,
                    Over = "gre0",
                },
            ],
            RpkiCaches = [new RpkiCacheDocument { Host = "192.0.2.53", Port = 323 }],
        },
    };

    private readonly FreeBsd bsd = new(Edge);
    private readonly List<string> silent = [];
    private readonly List<string> asked = [];

    [Fact]
    public void A_machine_that_is_all_right_passes_and_lifts_what_is_held()
    {
        var machine = Machine();
        var list = Run(machine).Check();
        Assert.DoesNotContain(list.Checks, check => !check.Passed);
        string[] names =
        [
            "interface.wan.link",
            "route.fib0.2001:db8:1c::/48",
            "clock",
            "loopback.2001:db8:1c::1",
            "tunnel.gre0.far-end",
            "tunnel.gif0.far-end",
            "rtr.192.0.2.53.323",
        ];
        Assert.All(names, name => Assert.Contains(list.Checks, check => check.Name == name));
        Assert.Contains(
            "0 /sbin/ping -6 -n -q -c 2 -o -t 4 -S 2001:db8:300::2 2001:db8:300::3",
            asked
        );
        Assert.Equal(["no route-map export-ifog deny 1"], Run(machine).Lift());
        Assert.Contains(
            "run /usr/local/bin/vtysh -c configure terminal -c no route-map export-ifog deny 1",
            machine.Log
        );
    }

    [Fact]
    public void Sessions_are_lifted_in_their_router()
    {
        var document = Edge with
        {
            Preflight = new PreflightDocument { Hold = PreflightHold.Sessions, RetrySeconds = 5 },
        };
        Assert.Equal(["router bgp 64500", "no bgp shutdown"], Hold.LiftingCommands(Frr(document)));
        Assert.Empty(Hold.LiftingCommands(Frr(Edge with { Preflight = null })));
        Assert.Empty(
            Hold.LiftingCommands(
                Frr(Edge with { Preflight = Edge.Preflight! with { Hold = PreflightHold.Nothing } })
            )
        );
    }

    [Theory]
    [InlineData("2001:db8:300::3", "tunnel.gre0.far-end")]
    [InlineData("2001:db8:1c::1", "loopback.2001:db8:1c::1")]
    [InlineData("192.0.2.53", "rtr.192.0.2.53.323")]
    public void What_does_not_answer_fails(string address, string name)
    {
        silent.Add(address);
        Assert.Equal([name], Failed());
    }

    [Fact]
    public void A_link_without_carrier_fails()
    {
        bsd.Outputs["ifconfig"] = bsd.Outputs["ifconfig"]
            .Replace("status: active", "status: no carrier", StringComparison.Ordinal);
        Assert.Contains("interface.wan.link", Failed());
    }

    [Fact]
    public void A_clock_at_the_beginning_of_time_fails()
    {
        var machine = Machine(clock: false);
        Assert.Contains(
            Run(machine).Check().Checks,
            check => check is { Name: "clock", Passed: false, Actual: "1970-01-01" }
        );
    }

    [Fact]
    public void A_blackhole_that_is_missing_fails()
    {
        bsd.Outputs["netstat0"] = "{}";
        Assert.Contains("route.fib0.2001:db8:1c::/48", Failed());
    }

    [Fact]
    public void A_hold_is_lifted_only_when_everything_passed()
    {
        silent.Add("192.0.2.53");
        var machine = Machine();
        using var output = new StringWriter();
        var code = new Runner(machine, Nobody.Reachable, output, output).Run(
            Options.Parse(["preflight", "--lift", "--json"])!
        );
        Assert.Equal(1, code);
        Assert.StartsWith(
            "{\"ok\":false,\"lifted\":[],",
            output.ToString(),
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            machine.Log,
            line => line.Contains("vtysh -c", StringComparison.Ordinal)
        );
        silent.Clear();
        code = new Runner(machine, Nobody.Reachable, output, output).Run(
            Options.Parse(["preflight", "--lift"])!
        );
        Assert.Equal(0, code);
        Assert.Contains(
            "lifted: no route-map export-ifog deny 1",
            output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_minimal_machine_passes_nothing()
    {
        bsd.Machine.Files.Remove(SiteDocument.TargetPath);
        var error = Assert.Throws<FirstBootException>(() => Run(Machine()).Check());
        Assert.Contains("it announces nothing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2001:db8:1c::1\n", true)]
    [InlineData("2001:DB8:1C:0::1", true)]
    [InlineData("2001:db8:1c::2\n", false)]
    [InlineData("<html>not found</html>", false)]
    public void The_world_sees_the_address_that_we_use(string answer, bool passes)
    {
        var document = Edge with
        {
            AddressEcho = new AddressEchoDocument { Ipv6 = "http://192.0.2.80/" },
        };
        var echo = new FreeBsd(document);
        var machine = FreeBsd.On(echo.Machine);
        var netstat = machine.Programs["/usr/sbin/setfib"];
        machine.Programs["/usr/sbin/setfib"] = arguments =>
        {
            if (arguments[1] != "/usr/bin/fetch")
            {
                return netstat(arguments);
            }

            asked.Add(string.Join(' ', arguments));
            return new ProgramResult(
                0,
                arguments[2].EndsWith("1c::1", StringComparison.Ordinal)
                    ? answer
                    : arguments[2][15..],
                ""
            );
        };
        new Personaliser(machine, Nobody.Reachable, Render).Run();
        var verdict = new Verifier(machine, Render, TimeSpan.Zero).Run();
        Assert.Equal(
            passes,
            verdict.Checks.Single(check => check.Name == "echo.fib0.2001:db8:1c::1").Passed
        );
        Assert.Contains(
            "0 /usr/bin/fetch --bind-address=2001:db8:1c::1 -q -T 10 -o - http://192.0.2.80/",
            asked
        );
        Assert.DoesNotContain(
            asked,
            line => line.Contains("198.51.100.10", StringComparison.Ordinal)
        );
    }

    private IEnumerable<string> Failed() =>
        Run(Machine()).Check().Checks.Where(check => !check.Passed).Select(check => check.Name);

    private static PreflightRun Run(FakeMachine machine) => new(machine, Render);

    private FakeMachine Machine(bool clock = true)
    {
        var machine = FreeBsd.On(bsd.Machine);
        if (clock)
        {
            machine.Pause(TimeSpan.FromDays(365 * 57));
        }

        var netstat = machine.Programs["/usr/sbin/setfib"];
        machine.Programs["/usr/sbin/setfib"] = arguments =>
            arguments[1] == "/sbin/ping" ? Answer(arguments) : netstat(arguments);
        machine.Programs["/usr/bin/nc"] = Answer;
        machine.Programs["/usr/local/bin/vtysh"] = _ => new ProgramResult(0, "", "");
        new Personaliser(machine, Nobody.Reachable, Render).Run();
        return machine;
    }

    private ProgramResult Answer(IReadOnlyList<string> arguments)
    {
        asked.Add(string.Join(' ', arguments));
        var isPing = arguments.Contains("/sbin/ping");
        return new ProgramResult(silent.Contains(arguments[isPing ? ^1 : ^2]) ? 1 : 0, "", "");
    }

    private static string Frr(SiteDocument document) =>
        Render(
                document,
                new InterfaceNames(new Dictionary<string, string> { ["wan"] = "vtnet0" }),
                Secrets.None
            )
            .Single(file => file.Path == Hold.ConfigurationPath)
            .Content;

    /// <summary>The real frr.conf in the place of the test's.</summary>
    private static IReadOnlyList<RenderedFile> Render(
        SiteDocument document,
        InterfaceNames names,
        Secrets secrets
    ) =>
        [
            .. TestSites
                .Render(document, names, secrets)
                .Where(file => file.Path != Hold.ConfigurationPath),
            .. SiteRenderer
                .Render(document, names, secrets)
                .Where(file => file.Path == Hold.ConfigurationPath),
        ];
}
