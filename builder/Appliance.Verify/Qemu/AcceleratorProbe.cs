using System.Collections.Concurrent;
using System.Globalization;
using Appliance.Files;
using Appliance.Verify.Processes;

namespace Appliance.Verify.Qemu;

/// <summary>
/// Finds out by running a guest for a moment whether an accelerator works: a KVM device can exist and open and still not run
/// guests, as in nested clouds. Every accelerator is asked once in the life of a probe.
/// </summary>
public sealed class AcceleratorProbe(ProcessGateway processes)
{
    /// <summary>A guest that runs needs a tenth of a second.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<Accelerator, ProbeOutcome> outcomes = new();

    /// <summary>The accelerator that belongs to this operating system; TCG where there is none.</summary>
    public static Accelerator OfThisSystem =>
        OperatingSystem.IsLinux() ? Accelerator.Kvm
        : OperatingSystem.IsMacOS() ? Accelerator.Hvf
        : OperatingSystem.IsWindows() ? Accelerator.Whpx
        : Accelerator.Tcg;

    /// <summary>Runs the smallest guest under an accelerator.</summary>
    /// <param name="folder">Where a small file may be written meanwhile.</param>
    /// <exception cref="MissingToolException">QEMU is not installed.</exception>
    public async Task<ProbeOutcome> RunAsync(
        Accelerator accelerator,
        string folder,
        CancellationToken token
    )
    {
        if (!outcomes.TryGetValue(accelerator, out var outcome))
        {
            outcome = await ProbeAsync(accelerator, folder, token);
            outcomes[accelerator] = outcome;
        }

        return outcome;
    }

    private async Task<ProbeOutcome> ProbeAsync(
        Accelerator accelerator,
        string folder,
        CancellationToken token
    )
    {
        if (accelerator == Accelerator.Kvm && !File.Exists("/dev/kvm"))
        {
            return new(accelerator, "there is no /dev/kvm");
        }

        var disk = Path.Combine(folder, "probe.raw");
        OutputFile.Write(disk, ProbeGuest.Disk());
        var machine = new MachineDescription
        {
            Name = "probe",
            Accelerator = accelerator,
            Memory = 64,
            Disks = [new(disk, "raw")],
            ExtraArguments =
            [
                "-device",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"isa-debug-exit,iobase={ProbeGuest.ExitPort},iosize=4"
                ),
            ],
        };
        return new(accelerator, await WhyNotAsync(machine, token));
    }

    private async Task<string?> WhyNotAsync(MachineDescription machine, CancellationToken token)
    {
        var command = new ProcessCommand(Tools.Qemu, QemuArguments.Silent(machine))
        {
            TimeLimit = Limit,
        };
        try
        {
            var outcome = await processes.RunUncheckedAsync(command, token);
            return outcome.ExitCode == ProbeGuest.ExitCode
                ? null
                : FirstLine(outcome.StandardError)
                    ?? string.Create(
                        CultureInfo.InvariantCulture,
                        $"QEMU ended with exit code {outcome.ExitCode}"
                    );
        }
        catch (ProcessFailedException exception) when (exception.Fault == VerifyFault.TimeLimit)
        {
            return FirstLine(exception.Outcome?.StandardError ?? "")
                ?? "the probe guest did not end within 15 s";
        }
    }

    private static string? FirstLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(line => !line.Contains("warning:", StringComparison.Ordinal));
}
