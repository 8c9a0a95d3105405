using Appliance.Verify.Console;
using Appliance.Verify.Qemu;

namespace Appliance.Verify.Runs;

/// <summary>What is to be verified, and how.</summary>
public sealed record VerifyRequest
{
    /// <summary>raw (.raw, .img or no known suffix), qcow2, vmdk or vhd. Never written to.</summary>
    public required string ImagePath { get; init; }

    /// <summary>Raw media attached beside the image's disk at every boot, seeds for instance. Never written to.</summary>
    public IReadOnlyList<string> Media { get; init; } = [];

    /// <summary>One run for each, in this order.</summary>
    public IReadOnlyList<FirmwareKind> Firmwares { get; init; } =
    [FirmwareKind.Bios, FirmwareKind.Uefi];

    /// <summary>Null: i440fx under SeaBIOS and q35 under OVMF, as providers pair them.</summary>
    public MachineType? Machine { get; init; }

    /// <summary>Null: the fastest that can run guests here.</summary>
    public Accelerator? Accelerator { get; init; }

    /// <summary>MiB.</summary>
    public int Memory { get; init; } = 512;

    public int Cpus { get; init; } = 1;

    /// <summary>In this order, each with a link and nothing behind it.</summary>
    public IReadOnlyList<WantedCard> Cards { get; init; } = [new WantedCard()];

    /// <summary>From power-on to the verdict. Null: 5 minutes, 10 under emulation.</summary>
    public TimeSpan? TimeLimitPerBoot { get; init; }

    /// <summary>From the power button to the end of the machine.</summary>
    public TimeSpan PowerOffLimit { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a boot may go on after the verdict to reach the login prompt; not reaching it is no failure.</summary>
    public TimeSpan LoginLimit { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Boots of the same overlay, at least one. From the second on the verdict must say Kept.</summary>
    public int Boots { get; init; } = 2;

    /// <summary>The site that the verdicts must name; null: any, but always the same.</summary>
    public string? Site { get; init; }

    /// <summary>Off for images that hold no UFS2.</summary>
    public bool CheckFileSystems { get; init; } = true;

    /// <summary>Where the temporary folder is made. Null: the system's.</summary>
    public string? WorkFolder { get; init; }

    /// <summary>Where console logs are kept. Null: they are not kept, and results have the last lines only.</summary>
    public string? LogFolder { get; init; }

    /// <summary>A boot whose console says more than this many bytes has failed.</summary>
    public long MostConsoleBytes { get; init; } = ConsoleFollower.DefaultMostBytes;

    /// <summary>Console lines that a failed run repeats.</summary>
    public int ConsoleLines { get; init; } = 40;
}
