using Appliance.Rendering.Verdicts;

namespace Appliance.Verify.Verdicts;

/// <summary>What a verdict must say for a boot to count.</summary>
/// <param name="Personalisation">Done on the first boot of an image, Kept on later ones.</param>
/// <param name="BootMethod">"BIOS" or "UEFI".</param>
/// <param name="Boot">The number of the boot since the image was written, from 1.</param>
/// <param name="Site">Null: any.</param>
public sealed record VerdictExpectation(
    Personalisation Personalisation,
    string BootMethod,
    int Boot,
    string? Site
);
