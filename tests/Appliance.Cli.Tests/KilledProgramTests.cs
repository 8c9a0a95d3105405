using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Appliance.Cli.Terminal;
using Appliance.Lab.Linux;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Verify.Processes;

namespace Appliance.Cli.Tests;

/// <summary>What is left when the program is killed (SIGKILL) and cannot clean up: no process.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class KilledProgramTests : IDisposable
{
    private const string Lab = "t-kill";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-kill-");

    public KilledProgramTests()
    {
        CliRun.CopyProfiles(folder.FullName);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task QEMU_dies_with_verify()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "finds children in /proc");
        var tools = HostTools.FromEnvironment();
        Assert.SkipUnless(tools.Has(Tools.Qemu) && tools.Has(Tools.QemuImg), "needs QEMU");
        var image = Path.Combine(folder.FullName, "empty.img");
        await File.WriteAllBytesAsync(image, new byte[1 << 20], Token);
        using var verify = ProgramRun.Start(
            folder.FullName,
            null,
            "verify",
            image,
            "--firmware",
            "bios",
            "--accel",
            "tcg"
        );
        int? qemu = null;
        // The machine that is to be judged, which runs until its time limit; not the probe before it.
        await verify.UntilAsync(() =>
            (qemu = ChildOf(verify.Id, line => line.Contains("chardev", StringComparison.Ordinal)))
                is not null
        );
        await verify.SignalAsync("KILL");
        await verify.EndAsync();
        Assert.True(await ProgramRun.IsGoneAsync(qemu!.Value), $"QEMU {qemu} still runs");
    }

    [Fact]
    public async Task The_daemons_of_a_lab_die_with_its_keeper_and_down_removes_the_rest()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Root.WhyNot() is null,
            "needs root on Linux"
        );
        var tools = LabTools.OfThisComputer();
        foreach (
            var tool in new[] { Tools.Ip, Tools.Zebra, Tools.Vtysh, Tools.Bird, Tools.StayRtr }
        )
        {
            Assert.SkipUnless(tools.Has(tool), $"{tool.Name} is not installed");
        }

        using var up = ProgramRun.Start(folder.FullName, null, "lab", "up", "--name", Lab);
        try
        {
            await up.UntilAsync(() => LabState.Read(Lab) is { Ready: true });
            var before = await ProcessesAsync(tools);
            Assert.True(before.Count >= 8, $"{before.Count} processes");
            await up.SignalAsync("KILL");
            await up.EndAsync();
            foreach (var process in before)
            {
                Assert.True(await ProgramRun.IsGoneAsync(process), $"{process} still runs");
            }

            Assert.Empty(await ProcessesAsync(tools));
            Assert.NotEmpty(Namespaces());
        }
        finally
        {
            using var down = ProgramRun.Start(folder.FullName, null, "lab", "down", "--name", Lab);
            Assert.Equal(ExitCodes.Ok, await down.EndAsync());
        }

        Assert.Empty(Namespaces());
        Assert.DoesNotContain(Lab, LabCleaner.Labs());
    }

    private static List<string> Namespaces() =>
        [.. IpTool.Namespaces().Where(name => LabNames.Belongs(Lab, name))];

    private static async Task<List<int>> ProcessesAsync(HostTools tools)
    {
        var ip = new IpTool(new ProcessGateway(tools), Path.GetTempPath());
        var all = new List<int>();
        foreach (var name in Namespaces())
        {
            all.AddRange(await ip.ProcessesAsync(name, Token));
        }

        return [.. all.Where(process => process != Environment.ProcessId)];
    }

    private static int? ChildOf(int parent, Predicate<string> line)
    {
        foreach (var process in Process.GetProcesses())
        {
            using (process)
            {
                try
                {
                    var stat = File.ReadAllText($"/proc/{process.Id}/stat");
                    var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                    if (
                        int.Parse(fields[1], CultureInfo.InvariantCulture) == parent
                        && line(File.ReadAllText($"/proc/{process.Id}/cmdline"))
                    )
                    {
                        return process.Id;
                    }
                }
                catch (IOException)
                {
                    // Gone meanwhile.
                }
            }
        }

        return null;
    }
}
