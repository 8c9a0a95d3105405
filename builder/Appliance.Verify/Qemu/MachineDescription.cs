namespace Appliance.Verify.Qemu;

/// <summary>A virtual machine as data: everything that a guest could notice, nothing about how we talk to it.</summary>
public sealed record MachineDescription
{
    /// <summary>Shown in QEMU's process title.</summary>
    public required string Name { get; init; }

    public MachineType Type { get; init; } = MachineType.I440fx;

    /// <summary>Null: SeaBIOS.</summary>
    public UefiFirmware? Uefi { get; init; }

    public Accelerator Accelerator { get; init; } = Accelerator.Tcg;

    /// <summary>QEMU's "max" is the host's CPU under an accelerator and everything that is emulated under TCG.</summary>
    public string CpuModel { get; init; } = "max";

    /// <summary>MiB.</summary>
    public int Memory { get; init; } = 512;

    public int Cpus { get; init; } = 1;

    /// <summary>The first is the one to boot from.</summary>
    public IReadOnlyList<DiskDescription> Disks { get; init; } = [];

    public IReadOnlyList<NetworkCard> Cards { get; init; } = [];

    /// <summary>Added to QEMU's command line as they are, for tests that need a device of their own.</summary>
    public IReadOnlyList<string> ExtraArguments { get; init; } = [];

    public FirmwareKind Firmware => Uefi is null ? FirmwareKind.Bios : FirmwareKind.Uefi;
}
