using System.Diagnostics;
using System.Globalization;

namespace Appliance.Lab.Daemons;

/// <summary>Processes that are not our children.</summary>
public static class LiveProcess
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const int Stop = 19;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(20);

    /// <summary>The process whose number a daemon left in a file, if it still runs.</summary>
    public static int? FromFile(string path) =>
        File.Exists(path)
        && int.TryParse(
            File.ReadAllText(path).Trim(),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var process
        )
        && IsAlive(process)
            ? process
            : null;

    /// <summary>It runs, and is no corpse that its parent has not buried.</summary>
    public static bool IsAlive(int process) => ProcessStat.Of(process) is { IsCorpse: false };

    /// <summary>Asks a process to end, and kills it when it has not within the limit.</summary>
    public static async Task EndAsync(int process, TimeSpan limit, CancellationToken token)
    {
        var started = ProcessStat.Of(process)?.Started;
        Linux.LibC.Signal(process, Terminate);
        var clock = Stopwatch.StartNew();
        while (ProcessStat.Of(process) is { IsCorpse: false } stat && stat.Started == started)
        {
            if (clock.Elapsed > limit)
            {
                Linux.LibC.Signal(process, Kill);
            }

            await Task.Delay(BetweenLooks, token);
        }
    }

    /// <summary>Kills a process and waits until it is gone, with its sockets.</summary>
    public static async Task KillAsync(int process, CancellationToken token)
    {
        var tree = new ProcessTree(process);
        await tree.EndAsync(token);
    }

    /// <summary>Kills a process at once.</summary>
    public static void KillNow(int process) => Linux.LibC.Signal(process, Kill);

    /// <summary>Stops a process as it stands; nothing but a kill ends it then.</summary>
    public static void Hang(int process) => Linux.LibC.Signal(process, Stop);

    /// <summary>Bytes of memory that a process has in use, and the most it ever had.</summary>
    /// <exception cref="LabException">It does not run.</exception>
    public static (long Now, long Most) Memory(int process)
    {
        try
        {
            var lines = File.ReadAllLines($"/proc/{process}/status");
            return (Line(lines, "VmRSS:"), Line(lines, "VmHWM:"));
        }
        catch (IOException exception)
        {
            throw new LabException(LabFault.Failed, $"process {process} is gone", exception);
        }
    }

    private static long Line(string[] lines, string name)
    {
        var words = lines
            .First(line => line.StartsWith(name, StringComparison.Ordinal))
            .Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return long.Parse(words[1], CultureInfo.InvariantCulture) * 1024;
    }
}
