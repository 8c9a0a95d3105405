using Appliance.Verify.Qemu;

namespace Appliance.Verify.Runs;

/// <summary>One combination of firmware and machine: all boots of one overlay.</summary>
public sealed record RunResult
{
    public required FirmwareKind Firmware { get; init; }

    public required MachineType Machine { get; init; }

    public required Accelerator Accelerator { get; init; }

    public required IReadOnlyList<BootResult> Boots { get; init; }

    /// <summary>Everything that was judged, in order. The run has passed when all have.</summary>
    public required IReadOnlyList<RunCheck> Checks { get; init; }

    public required TimeSpan Duration { get; init; }

    /// <summary>Every power-off ended by itself in time. Null: none was tried.</summary>
    public bool? PowerOffClean { get; init; }

    /// <summary>See <see cref="FileSystems.Ufs2State"/> for what is looked at. Null: not looked at.</summary>
    public bool? FileSystemClean { get; init; }

    /// <summary>The kept log; null if none was asked for.</summary>
    public string? ConsoleLog { get; init; }

    /// <summary>The last console lines; empty when the run passed.</summary>
    public IReadOnlyList<string> LastConsoleLines { get; init; } = [];

    /// <summary>Boots the image by hand in a terminal, quoted for a POSIX shell; changes nothing in the image.</summary>
    public required string ReproduceCommand { get; init; }

    public bool Passed => Checks.Count > 0 && Checks.All(check => check.Passed);

    /// <summary>Short name, "bios-i440fx".</summary>
    public string Name => NameOf(Firmware, Machine);

    public static string NameOf(FirmwareKind firmware, MachineType machine) =>
        (firmware == FirmwareKind.Bios ? "bios" : "uefi")
        + (machine == MachineType.I440fx ? "-i440fx" : "-q35");
}
