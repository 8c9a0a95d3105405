using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;

namespace Appliance.Cli.Tests;

/// <summary>The program itself as a process that gets signals.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class ProgramRun : IDisposable
{
    private readonly Process process;
    private readonly Task<string> output;
    private readonly Task<string> error;

    private ProgramRun(Process process)
    {
        this.process = process;
        output = process.StandardOutput.ReadToEndAsync(Token);
        error = process.StandardError.ReadToEndAsync(Token);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public int Id => process.Id;

    public bool HasExited => process.HasExited;

    public Task<string> Error => error;

    /// <param name="tools">A folder whose programs are found first.</param>
    public static ProgramRun Start(string folder, string? tools, params string[] arguments)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "appliance"),
            arguments
        )
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["XDG_CACHE_HOME"] = Path.Combine(folder, "cache");
        if (tools is not null)
        {
            start.Environment["PATH"] = $"{tools}:{start.Environment["PATH"]}";
        }

        return new(Process.Start(start)!);
    }

    /// <summary>Makes a program that notes its number in a file and then waits to be killed.</summary>
    public static string MakeHanging(string folder, string name, string mark)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(
            path,
            $"#!/bin/sh\necho $$ > '{mark}.new'\nmv '{mark}.new' '{mark}'\nexec sleep 3600\n"
        );
        File.SetUnixFileMode(path, (UnixFileMode)0x1ED);
        return path;
    }

    /// <summary>Waits for something that the program brings about, however long it takes.</summary>
    public async Task UntilAsync(Func<bool> condition)
    {
        while (!condition())
        {
            Assert.False(process.HasExited, process.HasExited ? await error : "");
            await Task.Delay(20, Token);
        }
    }

    /// <param name="signal">As kill(1) names it: "INT".</param>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start(
            "kill",
            [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]
        );
        await kill.WaitForExitAsync(Token);
        Assert.Equal(0, kill.ExitCode);
    }

    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync(Token);
        await output;
        return process.ExitCode;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }

    /// <summary>A process runs; one that has ended and was not waited for does not.</summary>
    public static bool IsAlive(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..][0] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits until a process is gone; false when it still runs after half a minute.</summary>
    public static async Task<bool> IsGoneAsync(int process)
    {
        var clock = Stopwatch.StartNew();
        while (IsAlive(process) && clock.Elapsed < TimeSpan.FromSeconds(30))
        {
            await Task.Delay(20, Token);
        }

        return !IsAlive(process);
    }
}
