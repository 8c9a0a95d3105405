using System.Diagnostics;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Tests.Machine;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Tests.Overlay;

/// <summary>
/// What watchfrr runs, under a Bourne shell of this machine, with stand-ins for the programs of FreeBSD and FRR.
/// </summary>
public sealed class FrrRestartTests : IDisposable
{
    private const string Script = "/usr/local/libexec/appliance/frr-restart";

    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("appliance-frr-");

    public FrrRestartTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix with /bin/sh");
        Put(
            "frr-restart",
            Rendered(Script)
                .Content.Replace(
                    "/usr/local/",
                    root.FullName + "/usr/local/",
                    StringComparison.Ordinal
                )
        );
        Program("usr/local/etc/rc.d/frr", "echo \"rc ${frr_vtysh_boot:-YES} $*\" >> $ROOT/log");
        Program("usr/local/bin/vtysh", "echo \"vtysh $*\" >> $ROOT/log");
        Program("bin/service", "echo \"service $*\" >> $ROOT/log");
        Program("bin/route", "echo \"route $*\" >> $ROOT/log");
    }

    public void Dispose() => root.Delete(recursive: true);

    /// <summary>FRR's own script gives the file to all daemons, unless it is told not to.</summary>
    [Fact]
    public void A_daemon_that_starts_again_is_the_only_one_that_gets_the_configuration()
    {
        Assert.Equal(0, Run("staticd"));
        Assert.Equal(["rc NO restart staticd", "vtysh -b -d staticd"], Log());
        // What rc.conf says would win.
        Assert.DoesNotContain(
            "frr_vtysh_boot",
            Rendered("/etc/rc.conf").Content,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Watchfrr_hears_of_a_daemon_that_did_not_get_its_configuration()
    {
        Program("usr/local/bin/vtysh", "exit 2");
        Assert.Equal(2, Run("bgpd"));
    }

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
        Assert.Equal(0, Run("all"));
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
            Rendered("/etc/rc.conf").Content,
            StringComparison.Ordinal
        );
        Assert.Equal(0b101_101_101, Rendered(Script).Mode);
    }

    [Fact]
    public void A_machine_without_FRR_needs_none() =>
        Assert.DoesNotContain(Render(TestSites.Downstream), file => file.Path == Script);

    private static RenderedFile Rendered(string path) =>
        Render(TestSites.Edge).Single(file => file.Path == path);

    private static IReadOnlyList<RenderedFile> Render(SiteDocument document) =>
        SiteRenderer.Render(document, InterfaceNames.Predict(document));

    private int Run(string what)
    {
        using var process = Process.Start(
            new ProcessStartInfo("/bin/sh", [Path.Combine(root.FullName, "frr-restart"), what])
            {
                Environment =
                {
                    ["PATH"] = $"{Path.Combine(root.FullName, "bin")}:/usr/bin:/bin",
                    ["ROOT"] = root.FullName,
                },
            }
        )!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private string[] Log() => File.ReadAllLines(Path.Combine(root.FullName, "log"));

    private void Program(string name, string body)
    {
        Put(name, $"#!/bin/sh\n{body}\n");
        Executable.Make(Path.Combine(root.FullName, name));
    }

    private void Put(string path, string content)
    {
        var file = Path.Combine(root.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}
