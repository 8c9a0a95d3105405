using System.Globalization;
using System.Text.RegularExpressions;
using Appliance.Rendering.Verdicts;
using Appliance.Verify.Console;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;
using Appliance.Verify.Verdicts;

namespace Appliance.Boot.Tests;

/// <summary>
/// One disk that is booted up to where the service starts, kept there as a snapshot, run from it again and again, and
/// switched off in between.
/// </summary>
/// <param name="disk">A qcow2 file.</param>
internal sealed class PowerCutGuest(string disk)
{
    /// <summary>What scripts of the image say on the console: right before the service at boot, before it is run again, after it.</summary>
    public const string First = "POWER-CUT-FIRST";
    public const string Again = "POWER-CUT-AGAIN";
    public const string End = "POWER-CUT-END";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Boots to where the service begins, and keeps the whole machine as a snapshot.</summary>
    public async Task KeepFirstAsync(string seed)
    {
        await using var machine = await StartAsync(seed, snapshot: null);
        await ReadUntilAsync(machine, line => Says(line, First));
        await KeepAsync(machine, First);
    }

    /// <summary>Goes on from the first snapshot to where the service will be run again, and keeps that as another one.</summary>
    /// <returns>Writes that the service's first run made.</returns>
    public async Task<int> KeepAgainAsync(string seed)
    {
        await using var machine = await StartAsync(seed, First);
        await machine.MonitorAsync("cont", Token);
        await ReadUntilAsync(machine, line => Says(line, End));
        var writes = await WritesAsync(machine);
        await ReadUntilAsync(machine, line => Says(line, Again));
        await KeepAsync(machine, Again);
        return writes;
    }

    /// <summary>Runs the service from a snapshot and switches off after so many writes and a little while.</summary>
    /// <param name="writes">null: when the service has ended.</param>
    /// <returns>Writes that had been made.</returns>
    public async Task<int> CutAsync(string snapshot, string seed, int? writes, TimeSpan more)
    {
        await using var machine = await StartAsync(seed, snapshot);
        var ending = ReadUntilAsync(machine, line => Says(line, End));
        await machine.MonitorAsync("cont", Token);
        var seen = 0;
        while (seen < (writes ?? int.MaxValue) && !ending.IsCompleted)
        {
            seen = await WritesAsync(machine);
        }

        await Task.Delay(more, Token);
        await machine.MonitorAsync("stop", Token);
        seen = await WritesAsync(machine);
        await machine.CutPowerAsync(Token);
        await Task.WhenAny(ending);
        return seen;
    }

    /// <summary>Boots what is on the disk, until the verdict, and switches off as at the wall.</summary>
    public async Task<(Verdict Verdict, string Console)> BootAsync(string? seed)
    {
        await using var machine = await StartAsync(seed, snapshot: null);
        var reader = new VerdictReader();
        Verdict? verdict = null;
        var console = await ReadUntilAsync(
            machine,
            line => (verdict ??= reader.Add(line)) is not null
        );
        await machine.CutPowerAsync(Token);
        return (verdict!, console);
    }

    private static bool Says(string line, string mark) =>
        line.Contains(mark, StringComparison.Ordinal);

    private static async Task KeepAsync(QemuMachine machine, string name)
    {
        await machine.MonitorAsync("stop", Token);
        Assert.Equal("", await machine.MonitorAsync($"savevm {name}", Token));
        await machine.CutPowerAsync(Token);
    }

    /// <summary>From a snapshot the machine stands still at first.</summary>
    private Task<QemuMachine> StartAsync(string? seed, string? snapshot) =>
        QemuMachine.StartAsync(
            new MachineDescription
            {
                Name = "power-cut-test",
                Memory = 512,
                Disks =
                [
                    new DiskDescription(disk, "qcow2"),
                    .. seed is null
                        ? Array.Empty<DiskDescription>()
                        : [new DiskDescription(seed, "raw", ReadOnly: true)],
                ],
                Cards = [new NetworkCard("52:54:00:12:34:56", new RestrictedNetwork())],
                ExtraArguments = snapshot is null ? [] : ["-loadvm", snapshot, "-S"],
            },
            new ProcessGateway(HostTools.FromEnvironment()),
            TextWriter.Null,
            TimeProvider.System,
            Token
        );

    private static async Task<int> WritesAsync(QemuMachine machine)
    {
        var text = await machine.MonitorAsync("info blockstats", Token) ?? "";
        var match = Regex.Match(text, "disk0.*?wr_operations=([0-9]+)", RegexOptions.Singleline);
        Assert.True(match.Success, text);
        return int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
    }

    private static async Task<string> ReadUntilAsync(QemuMachine machine, Func<string, bool> isLast)
    {
        var lines = new List<string>();
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(Token);
        timer.CancelAfter(Limit);
        await foreach (ConsoleEvent line in machine.Console.Events.ReadAllAsync(timer.Token))
        {
            lines.Add(line.Text);
            if (!line.IsPrompt && isLast(line.Text))
            {
                return string.Join('\n', lines);
            }
        }

        Assert.Fail($"the machine went off:\n{string.Join('\n', lines.TakeLast(40))}");
        return "";
    }
}
