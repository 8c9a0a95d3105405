using System.Diagnostics;
using Appliance.Files;
using Appliance.Lab.Daemons;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Lab.Guests;

/// <summary>FRR of FreeBSD's package in a virtual machine, asked over a shell.</summary>
/// <param name="site">Name of the site, for errors.</param>
/// <param name="shell">root's.</param>
/// <param name="files">Where this computer keeps a copy of the configuration.</param>
/// <param name="accelerator">What runs the machine; the slowest where it is not known.</param>
internal sealed class GuestRouter(
    string site,
    GuestShell shell,
    GuestFiles files,
    Accelerator accelerator
) : IEdgeRouter
{
    public const string Vtysh = "/usr/local/bin/vtysh";
    private const string GuestFile = "/usr/local/etc/frr/frr.conf";
    private const string StartLog = "/var/log/frr-start.log";
    private const string ChangeFile = "/var/run/frr/change.conf";

    /// <summary>
    /// watchfrr asks every 15 seconds, waits 30 for an answer, and the daemon has 20 to end; then it starts, and reads.
    /// </summary>
    private static readonly TimeSpan ReviveLimit = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    public string ConfigurationFile => files.Configuration;

    /// <summary>Every question takes a login's time, and every answer an emulated processor's.</summary>
    public double Patience => accelerator == Accelerator.Tcg ? 4 : 2;

    public bool IsWatched => true;

    /// <summary>Copies the configuration that the machine has made for itself.</summary>
    public async Task AdoptAsync(CancellationToken token) =>
        OutputFile.WriteText(
            ConfigurationFile,
            await shell.RunAsync($"cat {GuestFile}", token),
            OutputMode.Secret
        );

    public async Task StartAsync(string configuration, CancellationToken token)
    {
        await WriteAsync(configuration, token);
        this.CheckTaken(await shell.RunUncheckedAsync($"{Vtysh} -C -f {GuestFile}", token));
        // Daemons keep what they were started with: ssh would wait for them to end.
        await shell.RunAsync(
            $"service frr start < /dev/null > {StartLog} 2>&1 || {{ cat {StartLog}; exit 1; }}",
            token
        );
    }

    public async Task StopAsync(CancellationToken token) =>
        await shell.RunAsync("service frr stop", token);

    public Task KillAsync(FrrDaemon daemon, CancellationToken token) =>
        shell.RunAsync(
            $"pid=$(cat {PidFile(daemon)}) && kill -9 $pid && while kill -0 $pid 2> /dev/null; do sleep 0.1; done",
            token
        );

    public Task HangAsync(FrrDaemon daemon, CancellationToken token) =>
        shell.RunAsync($"kill -STOP $(cat {PidFile(daemon)})", token);

    public async Task ReviveAsync(FrrDaemon daemon, CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        string watch;
        while (!IsBack(daemon, watch = await WatchAsync(token)) || !await RunsAsync(daemon, token))
        {
            if (clock.Elapsed > ReviveLimit * Patience)
            {
                throw new LabException(
                    LabFault.Failed,
                    $"watchfrr has not brought {daemon.Name} back within {ReviveLimit * Patience}: {watch}"
                );
            }

            await Task.Delay(BetweenLooks, token);
        }
    }

    /// <summary>A daemon is called up as soon as it listens; it is given its configuration before its restart is over.</summary>
    /// <param name="watch">What watchfrr says.</param>
    internal static bool IsBack(FrrDaemon daemon, string watch) =>
        !watch.Contains("restart running", StringComparison.Ordinal)
        && watch
            .Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Any(words => words is [var name, "Up", ..] && name == daemon.Name);

    /// <summary>Gives the machine the file, and FRR what is different in it.</summary>
    public async Task ReloadAsync(string configuration, CancellationToken token)
    {
        await WriteAsync(configuration, token);
        await new GuestReload(shell, files).RunAsync(token);
    }

    public Task<string> CommandAsync(
        CancellationToken token,
        params IReadOnlyList<string> commands
    ) =>
        shell.RunAsync(
            $"{Vtysh} {string.Join(' ', commands.Select(command => $"-c {ShellQuoting.Word(command)}"))}",
            token
        );

    public async Task ApplyAsync(IReadOnlyList<string> lines, CancellationToken token)
    {
        await shell.RunAsync(
            GuestShell.Write(ChangeFile, string.Concat(lines.Select(line => line + "\n"))),
            token
        );
        this.CheckTaken(await shell.RunUncheckedAsync($"{Vtysh} -f {ChangeFile}", token));
    }

    public async Task<int?> ProcessIdAsync(FrrDaemon daemon, CancellationToken token)
    {
        var outcome = await shell.RunUncheckedAsync(
            $"pid=$(cat {PidFile(daemon)}) && kill -0 $pid && echo $pid",
            token
        );
        return outcome.ExitCode == 0 && int.TryParse(outcome.StandardOutput.Trim(), out var process)
            ? process
            : null;
    }

    public async Task<IReadOnlyList<KernelRoute>> KernelRoutesAsync(CancellationToken token) =>
        FreeBsdRoutes.Read(await shell.RunAsync(FreeBsdRoutes.Command, token));

    public async Task<long> UnsentAsync(int localPort, CancellationToken token) =>
        FreeBsdTcp.Unsent(await shell.RunAsync(FreeBsdTcp.ConnectionsCommand, token), localPort);

    public async Task<TcpSignatures> SignaturesAsync(CancellationToken token) =>
        FreeBsdTcp.Signatures(await shell.RunAsync(FreeBsdTcp.CountersCommand, token));

    public override string ToString() => $"FRR in the virtual machine {site}";

    private static string PidFile(FrrDaemon daemon) => $"/var/run/frr/{daemon.Name}.pid";

    private Task<string> WatchAsync(CancellationToken token) =>
        shell.RunAsync($"{Vtysh} -d watchfrr -c 'show watchfrr'", token);

    /// <summary>watchfrr calls a daemon up until it has asked it.</summary>
    private async Task<bool> RunsAsync(FrrDaemon daemon, CancellationToken token)
    {
        var outcome = await shell.RunUncheckedAsync(
            $"ps -o state= -p $(cat {PidFile(daemon)})",
            token
        );
        return outcome.ExitCode == 0 && !outcome.StandardOutput.StartsWith('T');
    }

    private async Task WriteAsync(string configuration, CancellationToken token)
    {
        OutputFile.WriteText(ConfigurationFile, configuration, OutputMode.Secret);
        await shell.RunAsync(GuestShell.Write(GuestFile, configuration), token);
    }
}
