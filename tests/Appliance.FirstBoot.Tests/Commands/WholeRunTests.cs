using System.Diagnostics;
using Appliance.FirstBoot.Checks;
using Appliance.FirstBoot.Commands;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.FirstBoot.Tests.Overlay;
using Appliance.Rendering;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Tests.Commands;

/// <summary>All verbs with the real templates, real files and real child processes.</summary>
public sealed class WholeRunTests : IDisposable
{
    private readonly FakeRoot root;

    public WholeRunTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs a Unix with /bin/sh");
        root = new FakeRoot();
    }

    public void Dispose() => root?.Dispose();

    [Fact]
    public void A_machine_is_personalised_verified_and_told_about()
    {
        AssertWholeRun(InProcess);
    }

    [Fact]
    public void The_published_executable_does_the_same()
    {
        var executable = PublishedExecutable();
        AssertWholeRun(arguments => Published(executable, arguments));
    }

    [Fact]
    public void The_published_executable_has_six_and_a_half_megabytes_at_most()
    {
        Assert.InRange(new FileInfo(PublishedExecutable()).Length, 1_000_000, 6_500_000);
    }

    private static string PublishedExecutable()
    {
        var executable = RepositoryRoot.Combine(
            "builder/Appliance.Cli/obj/firstboot/appliance-firstboot"
        );
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && IsNewerThanSources(executable),
            "needs an executable newer than its sources, which a build of builder/Appliance.Cli on Linux makes"
        );
        return executable;
    }

    [Fact]
    public void The_real_templates_switch_on_what_the_checks_look_at()
    {
        var names = new Dictionary<string, string> { ["wan"] = "vtnet0" };
        var files = SiteRenderer.Render(TestSites.Edge, new InterfaceNames(names));
        var expected = new Expectation(
            TestSites.Edge,
            names,
            files,
            Accounts.Read(new HostMachine(root.Path))
        );
        Assert.All(
            new[] { "pf_enable", "sshd_enable", "frr_enable", "ipv6_gateway_enable" },
            name => Assert.True(expected.IsEnabled(name), name)
        );
        Assert.True(expected.Sysctls.Count > 8);
        Assert.Contains(files, file => file.Path == "/root/.ssh/authorized_keys");
        Assert.Equal(["/etc/ssh/ssh_host_ed25519_key"], HostKeys.Wanted(files));
    }

    private void AssertWholeRun(Func<string[], (int ExitCode, string Output)> run)
    {
        Assert.Equal((0, "personalised: Done\n"), run(["personalise", "--root", root.Path]));
        Assert.Contains("router01", root.Text("/etc/rc.conf"), StringComparison.Ordinal);
        Assert.Equal((0, "personalised: Kept\n"), run(["personalise", "--root", root.Path]));
        root.ApplySysctls();
        var (exitCode, output) = run(["verdict", "--root", root.Path, "--patience", "0"]);
        Assert.StartsWith(Verdict.ConsoleMarker, output, StringComparison.Ordinal);
        var verdict = VerdictJson.Read(output[Verdict.ConsoleMarker.Length..]);
        Assert.Empty(verdict.Checks);
        Assert.Equal((0, true, "BIOS"), (exitCode, verdict.Ok, verdict.BootMethod));
        Assert.True(verdict.Passed > 50);
        Assert.True(verdict.PeakKibibytes > 2_000);
        (exitCode, output) = run(["status", "--root", root.Path]);
        Assert.Equal(0, exitCode);
        Assert.Contains("ok     tunnel.gif0.mtu: 1480", output, StringComparison.Ordinal);
        File.Delete(root.Path + "/usr/local/etc/appliance/site.json");
        (exitCode, output) = run(["verify", "--json", "--root", root.Path]);
        Assert.Equal(1, exitCode);
        Assert.Contains("\"ok\":false", output, StringComparison.Ordinal);
    }

    internal static bool IsNewerThanSources(string executable) =>
        new[] { "firstboot", "templates", "../builder/Appliance.Rendering" }
            .SelectMany(folder =>
                Directory.EnumerateFiles(
                    RepositoryRoot.Combine("overlay", folder),
                    "*",
                    SearchOption.AllDirectories
                )
            )
            .Where(file => Path.GetExtension(file) is ".cs" or ".csproj" or ".sbn" or ".xml")
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal))
            .All(file => File.GetLastWriteTimeUtc(file) < File.GetLastWriteTimeUtc(executable));

    private static (int ExitCode, string Output) InProcess(string[] arguments)
    {
        var options = Options.Parse(arguments)!;
        using var output = new StringWriter();
        var exitCode = new Runner(
            new HostMachine(options.Root),
            Nobody.Reachable,
            output,
            output
        ).Run(options);
        return (exitCode, output.ToString());
    }

    private static (int ExitCode, string Output) Published(string executable, string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true }
        )!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
