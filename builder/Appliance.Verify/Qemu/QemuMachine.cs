using Appliance.Verify.Console;
using Appliance.Verify.Processes;

namespace Appliance.Verify.Qemu;

/// <summary>A virtual machine that is switched on. Disposing ends it at once.</summary>
public sealed class QemuMachine : IAsyncDisposable
{
    /// <summary>A guest that is still starting may miss the power button, so it is pressed again.</summary>
    private static readonly TimeSpan BetweenPresses = TimeSpan.FromSeconds(10);

    private readonly MachineSockets sockets;
    private readonly RunningProcess process;
    private readonly QmpClient monitor;
    private readonly TimeProvider clock;

    private QemuMachine(
        MachineSockets sockets,
        RunningProcess process,
        ConsoleFollower console,
        QmpClient monitor,
        TimeProvider clock
    )
    {
        this.sockets = sockets;
        this.process = process;
        this.monitor = monitor;
        this.clock = clock;
        Console = console;
    }

    public ConsoleFollower Console { get; }

    /// <summary>The system's number of the QEMU process.</summary>
    public int ProcessId => process.Id;

    /// <summary>The command line, quoted for a POSIX shell.</summary>
    public string Command => process.Command.Quoted;

    /// <summary>Completes when the process ended.</summary>
    public Task Exited => process.Exit;

    /// <summary>Why QEMU ended, from its last SHUTDOWN event, such as "guest-reset"; null if it sent none.</summary>
    public string? ShutdownReason =>
        monitor.Events.LastOrDefault(item => item.Name == "SHUTDOWN")?.Reason;

    /// <summary>What QEMU itself printed.</summary>
    public IReadOnlyList<string> Messages => process.LastLines;

    /// <summary>Switches a machine on.</summary>
    /// <param name="log">Receives the console with times; disposed with the machine.</param>
    /// <param name="mostConsoleBytes">See <see cref="ConsoleFollower"/>.</param>
    /// <param name="socketFolder">
    /// A folder that is made for the sockets of console and monitor, where somebody else can find them after a crash of
    /// ours; null: a temporary one.
    /// </param>
    /// <exception cref="MissingToolException">QEMU is not installed.</exception>
    /// <exception cref="ProcessFailedException">QEMU does not start.</exception>
    public static async Task<QemuMachine> StartAsync(
        MachineDescription machine,
        ProcessGateway processes,
        TextWriter log,
        TimeProvider clock,
        CancellationToken token,
        long mostConsoleBytes = ConsoleFollower.DefaultMostBytes,
        string? socketFolder = null
    )
    {
        MachineSockets? sockets = null;
        RunningProcess? process = null;
        ConsoleFollower? console = null;
        try
        {
            sockets = new MachineSockets(socketFolder);
            var arguments = QemuArguments.For(machine, sockets.Endpoints);
            process = processes.Start(new(Tools.Qemu, arguments), onLine: null);
            var (consoleStream, monitorStream) = await sockets.AcceptAsync(process, token);
            console = new ConsoleFollower(consoleStream, log, clock, mostConsoleBytes);
            var monitor = await ConnectAsync(monitorStream, process, token);
            return new(sockets, process, console, monitor, clock);
        }
        catch
        {
            if (process is not null)
            {
                await process.DisposeAsync();
            }

            await (console?.DisposeAsync() ?? log.DisposeAsync());
            sockets?.Dispose();
            throw;
        }
    }

    /// <summary>Presses the power button (ACPI) and waits until the machine is off.</summary>
    public async Task<PowerOffOutcome> PowerOffAsync(TimeSpan limit, CancellationToken token)
    {
        var start = clock.GetTimestamp();
        while (!process.Exit.IsCompleted && clock.GetElapsedTime(start) < limit)
        {
            await monitor.ExecuteAsync("system_powerdown", token);
            var left = limit - clock.GetElapsedTime(start);
            var pause = left < BetweenPresses ? left : BetweenPresses;
            await Task.WhenAny(process.Exit, Task.Delay(Max(pause, TimeSpan.Zero), token));
            token.ThrowIfCancellationRequested();
        }

        return new(clock.GetElapsedTime(start), await WhyNotCleanAsync(limit, token));
    }

    /// <summary>Executes a line of QEMU's monitor for people: "stop", "savevm NAME", "info blockstats".</summary>
    /// <returns>What it printed, complaints included; null when the machine is gone.</returns>
    public Task<string?> MonitorAsync(string line, CancellationToken token) =>
        monitor.ExecuteLineAsync(line, token);

    /// <summary>
    /// Ends the machine at once, as if its power failed, but with everything it wrote in its disk's file. (After disposing alone
    /// the file may lack what QEMU still held.)
    /// </summary>
    public async Task CutPowerAsync(CancellationToken token)
    {
        await monitor.ExecuteAsync("quit", token);
        await process.Exit.WaitAsync(token);
    }

    public async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        await monitor.DisposeAsync();
        await Console.DisposeAsync();
        sockets.Dispose();
    }

    private static async Task<QmpClient> ConnectAsync(
        Stream stream,
        RunningProcess process,
        CancellationToken token
    )
    {
        try
        {
            return await QmpClient.ConnectAsync(stream, token);
        }
        catch (IOException)
        {
            await process.Exit.WaitAsync(token);
            throw process.Failed("ended before its monitor answered");
        }
    }

    private async Task<string?> WhyNotCleanAsync(TimeSpan limit, CancellationToken token)
    {
        if (!process.Exit.IsCompleted)
        {
            return FormattableString.Invariant(
                $"the machine was still on {limit.TotalSeconds:0} s after the power button"
            );
        }

        await monitor.Closed.WaitAsync(token);
        return ShutdownReason switch
        {
            "guest-shutdown" => null,
            "guest-reset" => "the machine restarted instead of going off",
            var reason =>
                $"QEMU ended without the guest's power-off ({reason ?? "no reason given"})",
        };
    }

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
