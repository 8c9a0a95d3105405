using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Appliance.Build.Tests;
using Appliance.Cli.Terminal;

namespace Appliance.Cli.Tests;

/// <summary>The program itself, ended by a signal at moments all over a build.</summary>
public sealed class InterruptTests : IDisposable
{
    private const int EndedBySignal = 128;

    private readonly MiniRelease release = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-signal-");

    private string Output => Path.Combine(folder.FullName, "out");

    public void Dispose()
    {
        release.Dispose();
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task An_interrupted_build_leaves_no_image_and_a_cache_that_can_be_used(
        string signal
    )
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs signals, which kill(1) sends");
        var clock = Stopwatch.StartNew();
        Assert.Equal(ExitCodes.Ok, await BuildAsync(signal, after: null));
        var whole = clock.Elapsed;
        var expected = Digest();
        var interrupted = 0;
        for (var moment = 0; moment < 8; moment++)
        {
            Directory.Delete(Output, recursive: true);
            var code = await BuildAsync(signal, whole * (moment / 8.0));
            var left = Directory.Exists(Output) ? Directory.GetFileSystemEntries(Output).Length : 0;
            Assert.Equal(code == ExitCodes.Ok ? 1 : 0, left);
            interrupted += code == ExitCodes.Ok ? 0 : 1;
            Directory.CreateDirectory(Output);
        }

        Assert.True(interrupted > 0, "every build was over before its signal came");
        Assert.Equal(ExitCodes.Ok, await BuildAsync(signal, after: null));
        Assert.Equal(expected, Digest());
    }

    private string Digest() =>
        Convert.ToHexString(
            SHA256.HashData(File.ReadAllBytes(Path.Combine(Output, "router01.img")))
        );

    /// <summary>0, or at least 128 when the signal ended it; anything else is a failure.</summary>
    private async Task<int> BuildAsync(string signal, TimeSpan? after)
    {
        var token = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "appliance"),
            [
                "build",
                "router01",
                "--quiet",
                "--accept-sets",
                "--sets",
                release.SetsFolder,
                "--output",
                Output,
            ]
        )
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder.FullName, "cache");
        CliRun.CopyProfiles(folder.FullName);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var error = process.StandardError.ReadToEndAsync(token);
        if (after is { } pause)
        {
            await Task.Delay(pause, token);
            using var kill = Process.Start(
                new ProcessStartInfo(
                    "kill",
                    [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]
                )
                {
                    RedirectStandardError = true,
                }
            )!;
            await kill.WaitForExitAsync(token);
        }

        await process.WaitForExitAsync(token);
        await output;
        Assert.True(process.ExitCode is ExitCodes.Ok or >= EndedBySignal, await error);
        return process.ExitCode;
    }
}
