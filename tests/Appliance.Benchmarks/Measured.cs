using System.Diagnostics;
using System.Globalization;

namespace Appliance.Benchmarks;

/// <summary>What one run of a command cost.</summary>
/// <param name="Wall">From start to end.</param>
/// <param name="PeakBytes">Largest resident set of the process that was started, children not included.</param>
/// <param name="Processor">Time of all processors together, in user and system mode, children included, to 10 ms.</param>
internal readonly record struct Measured(TimeSpan Wall, long PeakBytes, TimeSpan Processor)
{
    /// <summary>USER_HZ of Linux: what times in /proc are counted in.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Runs a command to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed: a failed run measures nothing.</exception>
    public static async Task<Measured> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        string? folder = null
    )
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        var before = ProcessorOfChildren();
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var peak = await WatchAsync(process);
        var wall = clock.Elapsed;
        await output;
        return process.ExitCode == 0
            ? new Measured(wall, peak, ProcessorOfChildren() - before)
            : throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)}: exit {process.ExitCode}: {await error}"
            );
    }

    /// <summary>cutime and cstime of proc_pid_stat(5): children that ended and were waited for. Zero where there is no such file.</summary>
    private static TimeSpan ProcessorOfChildren()
    {
        if (!File.Exists("/proc/self/stat"))
        {
            return TimeSpan.Zero;
        }

        // What follows the name in parentheses begins with field 3.
        var text = File.ReadAllText("/proc/self/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        var ticks = fields[13..15].Sum(field => long.Parse(field, CultureInfo.InvariantCulture));
        return TimeSpan.FromSeconds(ticks / TicksPerSecond);
    }

    /// <summary>The kernel keeps the high-water mark itself, so a look every few milliseconds misses only the very end.</summary>
    private static async Task<long> WatchAsync(Process process)
    {
        long peak = 0;
        var exit = process.WaitForExitAsync();
        while (!exit.IsCompleted)
        {
            peak = Math.Max(peak, HighWaterMark(process.Id));
            await Task.WhenAny(exit, Task.Delay(5));
        }

        return peak;
    }

    private static long HighWaterMark(int process)
    {
        try
        {
            var line = File.ReadLines($"/proc/{process}/status")
                .FirstOrDefault(text => text.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null
                ? 0
                : long.Parse(line.AsSpan(6, line.Length - 8).Trim(), CultureInfo.InvariantCulture)
                    * 1024;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
