using System.Diagnostics;
using Appliance.Verify.Processes;

namespace Appliance.Verify.Tests.Processes;

/// <summary>The watch that cleans up when this process cannot.</summary>
public sealed class DeathWatchTests : IDisposable
{
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Its_script_reads_lines_and_the_end_of_the_pipe_and_gets_its_arguments()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs sh");
        var path = folder.File("seen");
        using (
            var watch = DeathWatch.Start(
                HostTools.FromEnvironment(),
                "while read -r line; do echo \"$line\" >> \"$1\"; done; echo end \"$2\" >> \"$1\"",
                path,
                "two words"
            )
        )
        {
            Assert.NotNull(watch);
            watch.Send("one");
            watch.Send("two");
        }

        await UntilAsync(() =>
            File.Exists(path) && File.ReadAllText(path).Contains("end", StringComparison.Ordinal)
        );
        Assert.Equal("one\ntwo\nend two words\n", await File.ReadAllTextAsync(path, Need.Token));
    }

    [Fact]
    public async Task Signals_of_a_terminal_do_not_end_it_and_its_own_end_is_no_error()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs sh");
        var path = folder.File("seen");
        using var watch = DeathWatch.Start(
            HostTools.FromEnvironment(),
            "kill -INT $$; kill -TERM $$; kill -HUP $$; echo alive > \"$1\"; exit 0",
            path
        );
        await UntilAsync(() => File.Exists(path) && new FileInfo(path).Length > 0);
        for (var attempt = 0; attempt < 100; attempt++)
        {
            watch!.Send("into nothing");
        }
    }

    [Fact]
    public void There_is_none_without_a_shell()
    {
        Assert.Null(DeathWatch.Start(new HostTools(folder.File("nothing")), "exit"));
    }

    [Theory]
    [InlineData("+ 1001\n+ 1002\n+ 1003\n", "1001 1002 1003")]
    [InlineData("+ 1001\n+ 1002\n+ 1003\n- 1002\n", "1001 1003")]
    [InlineData("+ 1001\n+ 1002\n- 1001\n- 1002\n", "")]
    [InlineData("+ 100\n+ 1001\n- 100\n- 7\n", "1001")]
    [InlineData("+ 1001\n- 1001\n+ 1001\n", "1001")]
    public async Task Only_children_that_have_not_ended_are_killed(string lines, string killed)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs sh");
        // The script itself, with a kill that only notes whom it would hit.
        var start = new ProcessStartInfo(
            "sh",
            ["-c", "kill() { printf '%s ' \"$2\"; }\n" + ChildWatch.Script]
        )
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(lines.AsMemory(), Need.Token);
        process.StandardInput.Close();
        Assert.Equal(killed, (await process.StandardOutput.ReadToEndAsync(Need.Token)).Trim());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(20, Need.Token);
        }
    }
}
