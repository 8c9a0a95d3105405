using Appliance.Files;
using Appliance.Rendering.Verdicts;
using Appliance.Verify.Console;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;
using Appliance.Verify.Verdicts;

namespace Appliance.Verify.Runs;

/// <summary>One combination of firmware and machine: overlay, boots, power-offs, file systems.</summary>
internal sealed class VerifyRun
{
    private readonly VerifyRequest request;
    private readonly MachineDescription template;
    private readonly RunFolder folder;
    private readonly ProcessGateway processes;
    private readonly TimeProvider clock;
    private readonly IProgress<VerifyProgress>? progress;
    private readonly List<BootResult> boots = [];
    private readonly List<RunCheck> checks = [];
    private IReadOnlyList<string> lastLines = [];

    /// <param name="template">The machine with the image itself as its disk and the firmware's own variable store.</param>
    public VerifyRun(
        VerifyRequest request,
        MachineDescription template,
        RunFolder folder,
        ProcessGateway processes,
        TimeProvider clock,
        IProgress<VerifyProgress>? progress
    )
    {
        this.request = request;
        this.template = template;
        this.folder = folder;
        this.processes = processes;
        this.clock = clock;
        this.progress = progress;
    }

    private string Name => RunResult.NameOf(template.Firmware, template.Type);

    private string LogPath => folder.File($"{Name}.console.log");

    public async Task<RunResult> RunAsync(CancellationToken token)
    {
        var start = clock.GetTimestamp();
        string? keptLog = null;
        try
        {
            var machine = await PrepareAsync(token);
            var powered = true;
            for (var number = 1; number <= request.Boots && powered && AllPassed; number++)
            {
                powered = await BootAsync(machine, number, token);
            }

            if (powered && request.CheckFileSystems)
            {
                var look = new FileSystemChecks(new QemuImg(processes), folder.File("range"));
                checks.AddRange(await look.RunAsync(machine.Disks[0].Path, token));
            }
        }
        finally
        {
            keptLog = KeepLog();
        }

        return Result(clock.GetElapsedTime(start), keptLog);
    }

    private bool AllPassed => checks.All(check => check.Passed);

    /// <summary>The machine with a disk and a variable store of its own.</summary>
    private async Task<MachineDescription> PrepareAsync(CancellationToken token)
    {
        var overlay = folder.File("overlay.qcow2");
        await new QemuImg(processes).CreateOverlayAsync(template.Disks[0].Path, overlay, token);
        var machine = template with { Disks = [new(overlay, "qcow2"), .. template.Disks.Skip(1)] };
        if (machine.Uefi is not { } uefi)
        {
            return machine;
        }

        var variables = folder.File("variables.fd");
        OutputFile.Copy(uefi.VariablesPath, variables);

        return machine with
        {
            Uefi = uefi with { VariablesPath = variables },
        };
    }

    /// <returns>Whether the machine went off by itself, so that its disk may be looked at.</returns>
    private async Task<bool> BootAsync(
        MachineDescription description,
        int number,
        CancellationToken token
    )
    {
        Report(number, "power-on", TimeSpan.Zero);
        await using var machine = await StartAsync(description, number, token);
        var observer = new BootObserver(
            machine,
            VerdictLimit,
            request.LoginLimit,
            (message, at) => Report(number, message, at)
        );
        var seen = await observer.RunAsync(token);
        lastLines = machine.Console.LastLines;
        checks.AddRange(Judge(number, seen));
        var powerOff = seen.Failure is null ? await PowerOffAsync(machine, number, token) : null;
        lastLines = machine.Console.LastLines;
        boots.Add(
            new()
            {
                Number = number,
                Verdict = seen.Verdict,
                Phases = seen.Phases,
                Failure = seen.Failure,
                PowerOff = powerOff is { Clean: true } ? powerOff.Duration : null,
            }
        );
        return powerOff is { Clean: true };
    }

    private TimeSpan VerdictLimit =>
        request.TimeLimitPerBoot
        ?? TimeSpan.FromMinutes(template.Accelerator == Accelerator.Tcg ? 10 : 5);

    private async Task<QemuMachine> StartAsync(
        MachineDescription description,
        int number,
        CancellationToken token
    )
    {
        var log = OutputFile.AppendLog(LogPath);
        await log.WriteLineAsync(FormattableString.Invariant($"# boot {number} of {Name}"));
        return await QemuMachine.StartAsync(
            description,
            processes,
            log,
            clock,
            token,
            request.MostConsoleBytes
        );
    }

    private IEnumerable<RunCheck> Judge(int number, BootObservation seen)
    {
        var prefix = FormattableString.Invariant($"boot{number}");
        var at = seen.Phases.FirstOrDefault(mark => mark.Phase == BootPhase.Verdict)?.At;
        yield return new(
            $"{prefix}.verdict",
            seen.Failure is null,
            seen.Failure ?? "seen",
            at ?? TimeSpan.Zero
        );
        yield return new(
            $"{prefix}.mounts",
            seen.UncleanMounts.Count == 0,
            seen.UncleanMounts.Count == 0
                ? "no complaint about an unclean file system"
                : string.Join("; ", seen.UncleanMounts)
        );
        if (seen.Verdict is { } verdict)
        {
            foreach (var check in VerdictJudge.Judge(prefix, verdict, Expectation(number)))
            {
                yield return check;
            }
        }
    }

    private VerdictExpectation Expectation(int number) =>
        new(
            number == 1 ? Personalisation.Done : Personalisation.Kept,
            template.Firmware == FirmwareKind.Bios ? "BIOS" : "UEFI",
            number,
            request.Site ?? boots.Select(boot => boot.Verdict?.Site).FirstOrDefault()
        );

    private async Task<PowerOffOutcome> PowerOffAsync(
        QemuMachine machine,
        int number,
        CancellationToken token
    )
    {
        Report(number, "power-off", machine.Console.Elapsed);
        var outcome = await machine.PowerOffAsync(request.PowerOffLimit, token);
        checks.Add(
            new(
                FormattableString.Invariant($"power-off{number}"),
                outcome.Clean,
                outcome.Trouble ?? "went off by itself",
                outcome.Duration
            )
        );
        return outcome;
    }

    private RunResult Result(TimeSpan duration, string? keptLog)
    {
        var result = new RunResult
        {
            Firmware = template.Firmware,
            Machine = template.Type,
            Accelerator = template.Accelerator,
            Boots = boots,
            Checks = checks,
            Duration = duration,
            PowerOffClean = Conclude("power-off"),
            FileSystemClean = Conclude(FileSystemChecks.Prefix),
            ConsoleLog = keptLog,
            ReproduceCommand = QemuArguments.ByHand(template),
        };
        return result.Passed
            ? result
            : result with
            {
                LastConsoleLines = [.. lastLines.TakeLast(request.ConsoleLines)],
            };
    }

    private bool? Conclude(string prefix)
    {
        var relevant = checks
            .Where(check => check.Name.StartsWith(prefix, StringComparison.Ordinal))
            .ToList();
        return relevant.Count == 0 ? null : relevant.All(check => check.Passed);
    }

    private string? KeepLog()
    {
        if (request.LogFolder is not { } logs || !File.Exists(LogPath))
        {
            return null;
        }

        var kept = OutputFolder.Create(logs);
        var image = Path.GetFileNameWithoutExtension(request.ImagePath);
        var target = Path.Combine(kept, $"{image}-{Name}.console.log");
        OutputFile.Copy(LogPath, target);
        return target;
    }

    private void Report(int boot, string message, TimeSpan elapsed) =>
        progress?.Report(new(Name, boot, message, elapsed));
}
