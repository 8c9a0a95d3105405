using System.Globalization;

namespace Appliance.Verify.Processes;

/// <summary>Kills the children of this process when it is killed itself. One watch for the life of the process.</summary>
internal static class ChildWatch
{
    /// <summary>Lines are "+ PID" and "- PID".</summary>
    internal const string Script = """
        live=' '
        while read -r what pid; do
            case $what in
            +) live="$live$pid " ;;
            -) case $live in *" $pid "*) live="${live%% $pid *} ${live#* $pid }" ;; esac ;;
            esac
        done
        for pid in $live; do kill -9 "$pid"; done
        """;

    private static readonly Lazy<DeathWatch?> Watch = new(() =>
        DeathWatch.Start(HostTools.FromEnvironment(), Script.ReplaceLineEndings("\n"))
    );

    /// <summary>From now on a process dies with us.</summary>
    /// <returns>Disposed when the process has ended: its number may be another's then.</returns>
    public static IDisposable Add(int process)
    {
        Watch.Value?.Send(Line('+', process));
        return new Watched(process);
    }

    private static string Line(char what, int process) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} {process}");

    private sealed class Watched(int process) : IDisposable
    {
        public void Dispose() => Watch.Value?.Send(Line('-', process));
    }
}
