using Appliance.Rendering.Verdicts;
using Appliance.Verify.Console;

namespace Appliance.Verify.Runs;

/// <summary>What was seen of one boot.</summary>
/// <param name="Failure">Why there is no verdict, or what went wrong after it; null if all went well.</param>
/// <param name="UncleanMounts">Lines that say that a file system had not been unmounted.</param>
internal sealed record BootObservation(
    Verdict? Verdict,
    string? Failure,
    IReadOnlyList<PhaseMark> Phases,
    IReadOnlyList<string> UncleanMounts
);
