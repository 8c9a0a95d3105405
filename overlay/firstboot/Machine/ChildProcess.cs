using System.Diagnostics;

namespace Appliance.FirstBoot.Machine;

/// <summary>
/// Runs a program with a limit and captures what it says: posix_spawn(3), two pipes and poll(2). .NET's own
/// Process class would bring sockets, threads and a quarter of the executable's size along.
/// </summary>
internal static class ChildProcess
{
    private static readonly string[] Environment =
    [
        "PATH=/sbin:/bin:/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin",
        "HOME=/root",
        "LC_ALL=C",
    ];

    /// <summary>How often a program that has closed its output, but still runs, is looked at.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(5);

    public static ProgramResult Run(
        string program,
        IReadOnlyList<string> arguments,
        TimeSpan limit,
        string input = "/dev/null"
    )
    {
        var watch = Stopwatch.StartNew();
        using var output = new CapturePipe();
        using var errors = new CapturePipe();
        int process;
        using (var words = new NativeStrings([program, .. arguments]))
        using (var environment = new NativeStrings(Environment))
        {
            process = Spawn(program, words, environment, input, output, errors);
        }

        if (process < 0)
        {
            return new ProgramResult(ProgramResult.NotFound, "", $"{program} cannot be started");
        }

        output.CloseWriter();
        errors.CloseWriter();
        var exitCode = CapturePipe.Drain(output, errors, limit, watch)
            ? AwaitEnd(process, limit, watch)
            : null;
        return exitCode is { } code
            ? new ProgramResult(code, output.Text, errors.Text)
            : End(process, limit);
    }

    /// <summary>Process id, or −1.</summary>
    private static unsafe int Spawn(
        string program,
        NativeStrings arguments,
        NativeStrings environment,
        string input,
        CapturePipe output,
        CapturePipe errors
    )
    {
        // posix_spawn_file_actions_t is 80 bytes with glibc and a pointer on FreeBSD.
        var actions = stackalloc long[32];
        var process = -1;
        _ = NativeMethods.InitializeActions(actions);
        _ = NativeMethods.AddOpen(actions, 0, input, 0, 0);
        output.AddTo(actions, 1);
        errors.AddTo(actions, 2);
        var error = NativeMethods.Spawn(
            &process,
            program,
            actions,
            null,
            arguments.Pointers,
            environment.Pointers
        );
        _ = NativeMethods.DestroyActions(actions);
        return error == 0 ? process : -1;
    }

    /// <summary>Exit code, 128 and the number of a signal that ended it, or null at the limit.</summary>
    private static unsafe int? AwaitEnd(int process, TimeSpan limit, Stopwatch watch)
    {
        var status = 0;
        while (NativeMethods.Wait(process, &status, NativeMethods.NoHang) == 0)
        {
            if (watch.Elapsed >= limit)
            {
                return null;
            }

            Thread.Sleep(Interval);
        }

        var signal = status & 0x7f;
        return signal == 0 ? (status >> 8) & 0xff : 128 + signal;
    }

    private static unsafe ProgramResult End(int process, TimeSpan limit)
    {
        var status = 0;
        _ = NativeMethods.Signal(process, NativeMethods.Kill);
        _ = NativeMethods.Wait(process, &status, 0);
        return new ProgramResult(
            ProgramResult.TimedOut,
            "",
            string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"no end after {limit.TotalSeconds:0} s"
            )
        );
    }
}
