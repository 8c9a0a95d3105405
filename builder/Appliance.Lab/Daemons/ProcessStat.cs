using System.Globalization;

namespace Appliance.Lab.Daemons;

/// <summary>A line of /proc/PID/stat, proc(5).</summary>
/// <param name="Parent">0 for init and for the kernel's own.</param>
/// <param name="Started">Ticks since the machine started: tells a process from another of the same number.</param>
/// <param name="IsCorpse">It has ended, and its parent has not waited for it yet.</param>
internal sealed record ProcessStat(int Process, int Parent, long Started, bool IsCorpse)
{
    /// <summary>Null when there is no such process.</summary>
    public static ProcessStat? Of(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            // The name in parentheses may hold anything; the fields behind it, from the third on, hold no blanks.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return new(
                process,
                int.Parse(fields[1], CultureInfo.InvariantCulture),
                long.Parse(fields[19], CultureInfo.InvariantCulture),
                fields[0] is "Z" or "X"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
