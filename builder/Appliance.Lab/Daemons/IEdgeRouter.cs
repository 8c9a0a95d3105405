using System.Text.Json;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Daemons;

/// <summary>FRR of an edge and the kernel below it, asked and told in the same words wherever the edge runs.</summary>
public interface IEdgeRouter
{
    /// <summary>On this computer: the file that the daemons were started with or brought to.</summary>
    string ConfigurationFile { get; }

    /// <summary>How many times as long as FRR in a namespace of this computer it may take for what it is asked to do.</summary>
    double TimeoutFactor { get; }

    /// <summary>watchfrr brings back a daemon that died, and one that hangs.</summary>
    bool IsWatched { get; }

    /// <summary>Starts the daemons that a configuration needs and gives it to them.</summary>
    /// <exception cref="LabException">A command of the configuration is refused.</exception>
    Task StartAsync(string configuration, CancellationToken token);

    /// <summary>Ends all daemons, politely: they take back what they told their neighbors and the kernel.</summary>
    Task StopAsync(CancellationToken token);

    /// <summary>Ends a daemon without a chance to take anything back.</summary>
    /// <exception cref="LabException">It does not run.</exception>
    Task KillAsync(FrrDaemon daemon, CancellationToken token);

    /// <summary>Stops a daemon as it stands: it hears nothing, and has its sockets and what it told the kernel.</summary>
    /// <exception cref="LabException">It does not run.</exception>
    Task HangAsync(FrrDaemon daemon, CancellationToken token);

    /// <summary>
    /// Waits for a daemon that was killed or hangs until watchfrr has brought it back, or brings it back where none runs. For
    /// zebra all others end and start, too.
    /// </summary>
    /// <returns>It runs and has been given its configuration.</returns>
    /// <exception cref="LabException">It did not come back, or a command is refused.</exception>
    Task ReviveAsync(FrrDaemon daemon, CancellationToken token);

    /// <summary>Brings the daemons to another configuration as an operator would, by the difference.</summary>
    /// <exception cref="LabException">What it takes is not there.</exception>
    Task ReloadAsync(string configuration, CancellationToken token);

    /// <summary>Runs commands of configuration or of operation; what they print comes back.</summary>
    Task<string> CommandAsync(IReadOnlyList<string> commands, CancellationToken token);

    /// <summary>Runs commands from a file, such as a piece of configuration.</summary>
    /// <exception cref="LabException">One of them is refused.</exception>
    Task ApplyAsync(IReadOnlyList<string> lines, CancellationToken token);

    /// <summary>The number of a daemon where it runs, or null when it does not.</summary>
    Task<int?> ProcessIdAsync(FrrDaemon daemon, CancellationToken token);

    /// <summary>The kernel's routes that packets without a table of their own look up, of both families.</summary>
    Task<IReadOnlyList<KernelRoute>> KernelRoutesAsync(CancellationToken token);

    /// <summary>Bytes that the kernel's TCP connections still have to bring to their other ends.</summary>
    /// <param name="localPort">Of the connections that count.</param>
    Task<long> UnsentAsync(int localPort, CancellationToken token);

    /// <summary>What the kernel has dropped for its TCP-MD5 signature since it started.</summary>
    Task<TcpSignatures> SignaturesAsync(CancellationToken token);
}

/// <summary>What can be asked of every router.</summary>
public static class EdgeRouters
{
    /// <summary>What commands print that end in "json", one document each.</summary>
    public static async Task<IReadOnlyList<JsonElement>> ShowAsync(
        this IEdgeRouter router,
        IReadOnlyList<string> commands,
        CancellationToken token
    )
    {
        ArgumentNullException.ThrowIfNull(router);
        var text = await router.CommandAsync(commands, token);
        var documents = JsonSequence.Read(text);
        return documents.Count == commands.Count
            ? documents
            : throw new LabException(
                LabFault.Failed,
                $"vtysh answered {documents.Count} of {commands.Count} commands ({string.Join("; ", commands)}): {text}"
            );
    }

    /// <summary>vtysh returns 0 for some of what it refuses, but never without a word about it.</summary>
    internal static void CheckTaken(this IEdgeRouter router, ProcessOutcome outcome)
    {
        var complaints = outcome
            .StandardOutput.Split('\n')
            .Concat(outcome.StandardError.Split('\n'))
            .Where(line =>
                line.Contains('%', StringComparison.Ordinal)
                || line.Contains("line ", StringComparison.Ordinal)
            )
            .ToList();
        if (outcome.ExitCode != 0 || complaints.Count > 0)
        {
            throw new LabException(
                LabFault.Failed,
                $"{router} refused its configuration: {string.Join("; ", complaints)} {outcome.StandardError.Trim()}"
            );
        }
    }
}
