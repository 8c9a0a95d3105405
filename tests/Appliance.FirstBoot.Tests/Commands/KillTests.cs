using System.Diagnostics;
using Appliance.FirstBoot.Machine;
using Appliance.FirstBoot.Personalisation;
using Appliance.FirstBoot.State;
using Appliance.FirstBoot.Tests.Fakes;
using Appliance.Rendering;

namespace Appliance.FirstBoot.Tests.Commands;

/// <summary>
/// The published executable, ended with SIGKILL at random moments: after what the next boot does first, the files
/// are the old ones or the new ones, and after that boot they are the new ones.
/// </summary>
public sealed class KillTests
{
    private const int Kills = 200;

    private static readonly string Executable = RepositoryRoot.Combine(
        "builder/Appliance.Cli/obj/firstboot/appliance-firstboot"
    );

    /// <summary>Files that are replaced, with paths that no other file of the root has.</summary>
    private static readonly string[] Paths =
    [
        .. SiteRenderer
            .Render(
                TestSites.Edge,
                new InterfaceNames(new Dictionary<string, string> { ["wan"] = "vtnet0" })
            )
            .Select(file => file.Path),
        StateStore.DocumentPath,
        "/etc/ssh/ssh_host_ed25519_key",
    ];

    [Fact]
    public void A_run_that_is_killed_leaves_the_old_files_or_the_new_ones()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && WholeRunTests.IsNewerThanSources(Executable),
            "needs an executable newer than its sources, which a build of builder/Appliance.Cli on Linux makes"
        );
        var random = new Random(20261123);
        var (old, duration) = Measure();
        var (before, after, interrupted) = (0, 0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var root = new FakeRoot();
            KillAfter(root, duration * (random.NextDouble() * 1.1));
            interrupted += File.Exists(root.Path + Journal.TargetPath) ? 1 : 0;
            var machine = new HostMachine(root.Path);
            new FileTransaction(machine, new StateStore(machine)).Recover();
            var now = Snapshot(root);
            Assert.True(now == old || now.Contains("router01", StringComparison.Ordinal));
            if (now == old)
            {
                before++;
            }
            else
            {
                after++;
                Assert.NotNull(new StateStore(machine).ReadState());
                AssertComplete(root);
            }

            Run(root).WaitForExit();
            AssertComplete(root);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(
            $"{Kills} kills within {duration.TotalMilliseconds:0} ms: {before} old, {after} new, {interrupted} in between"
        );
        Assert.True(before > 0 && after > 0, $"{before} old, {after} new");
    }

    private static (string Old, TimeSpan Duration) Measure()
    {
        using var root = new FakeRoot();
        var old = Snapshot(root);
        var watch = Stopwatch.StartNew();
        Run(root).WaitForExit();
        var duration = watch.Elapsed;
        AssertComplete(root);
        return (old, duration);
    }

    private static void KillAfter(FakeRoot root, TimeSpan delay)
    {
        using var process = Run(root);
        if (!process.WaitForExit(delay))
        {
            process.Kill();
            process.WaitForExit();
            AwaitOrphans(root);
        }
    }

    /// <summary>No program outlives the machine it was started on: what the killed run had started ends first.</summary>
    private static void AwaitOrphans(FakeRoot root)
    {
        var limit = Stopwatch.StartNew();
        while (
            Directory
                .EnumerateDirectories("/proc")
                .Any(process => CommandLine(process).Contains(root.Path, StringComparison.Ordinal))
        )
        {
            Assert.True(limit.Elapsed < TimeSpan.FromMinutes(1), "a program of the run goes on");
            Thread.Sleep(1);
        }
    }

    private static string CommandLine(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is none, or has ended.
            return "";
        }
    }

    private static Process Run(FakeRoot root) =>
        Process.Start(
            new ProcessStartInfo(Executable, ["personalise", "--root", root.Path])
            {
                RedirectStandardOutput = true,
            }
        )!;

    /// <summary>Every file is there and says what was meant, and nothing lies beside it.</summary>
    private static void AssertComplete(FakeRoot root)
    {
        Assert.All(Paths, path => Assert.True(File.Exists(root.Path + path), path));
        var names = new InterfaceNames(new Dictionary<string, string> { ["wan"] = "vtnet0" });
        foreach (var file in SiteRenderer.Render(TestSites.Edge, names))
        {
            Assert.Equal(file.Content, root.Text(file.Path));
        }

        Assert.False(File.Exists(root.Path + Journal.TargetPath));
        var beside = Directory.EnumerateFiles(
            root.Path,
            "*.appliance-*",
            SearchOption.AllDirectories
        );
        Assert.Empty(beside);
    }

    private static string Snapshot(FakeRoot root) =>
        string.Concat(
            Paths
                .Where(path => !path.Contains("ssh_host", StringComparison.Ordinal))
                .Select(path =>
                    File.Exists(root.Path + path) ? $"{path}\n{root.Text(path)}" : $"{path} -\n"
                )
        );
}
