using System.ComponentModel;
using System.Diagnostics;

namespace Appliance.FirstBoot.Machine;

/// <summary>Runs a program with a limit and captures what it says.</summary>
internal static class ChildProcess
{
    public static ProgramResult Run(string program, IReadOnlyList<string> arguments, TimeSpan limit)
    {
        try
        {
            using var process = Process.Start(Describe(program, arguments))!;
            return Capture(process, limit);
        }
        catch (Win32Exception exception)
        {
            return new ProgramResult(ProgramResult.NotFound, "", exception.Message);
        }
    }

    private static ProcessStartInfo Describe(string program, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin";
        start.Environment["HOME"] = "/root";
        start.Environment["LC_ALL"] = "C";
        return start;
    }

    private static ProgramResult Capture(Process process, TimeSpan limit)
    {
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var both = Task.WhenAll(output, errors);
        var watch = Stopwatch.StartNew();
        // The pipes may outlive the process in a grandchild, so they are under the limit as well.
        if (!process.WaitForExit(limit) || !both.Wait(Remaining(limit, watch)))
        {
            Kill(process);
            return new ProgramResult(
                ProgramResult.TimedOut,
                "",
                $"no end after {limit.TotalSeconds:0} s"
            );
        }

        return new ProgramResult(process.ExitCode, output.Result, errors.Result);
    }

    private static TimeSpan Remaining(TimeSpan limit, Stopwatch watch) =>
        limit > watch.Elapsed ? limit - watch.Elapsed : TimeSpan.Zero;

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It ended in between.
        }
    }
}
