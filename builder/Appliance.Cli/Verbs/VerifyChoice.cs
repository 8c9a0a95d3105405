using Appliance.Rendering.Documents;
using Appliance.Verify.Qemu;

namespace Appliance.Cli.Verbs;

/// <summary>What the command line says about a verification.</summary>
/// <param name="Image">The image.</param>
internal sealed record VerifyChoice(string Image)
{
    public IReadOnlyList<FirmwareKind> Firmwares { get; init; } =
    [FirmwareKind.Bios, FirmwareKind.Uefi];

    public MachineType? Machine { get; init; }

    public Accelerator? Accelerator { get; init; }

    /// <summary>MiB.</summary>
    public int Memory { get; init; } = 1024;

    public TimeSpan? TimeLimit { get; init; }

    public int Boots { get; init; } = 2;

    /// <summary>Media that are attached at every boot.</summary>
    public IReadOnlyList<string> Seeds { get; init; } = [];

    /// <summary>The site that the image is, or becomes: its network cards, and the name in its verdicts. Null: one card, any name.</summary>
    public SiteDocument? Site { get; init; }

    /// <summary>Where console logs and reports go; beside the image when null.</summary>
    public string? ReportFolder { get; init; }
}
