using Appliance.Build.Plans;

namespace Appliance.Cli.Answers;

/// <summary>Of <c>build</c>.</summary>
/// <param name="Site">Null for an image of a profile.</param>
/// <param name="Choices">The sites that an image of a profile may become.</param>
/// <param name="Base">Where the base system comes from, and how far it is patched.</param>
internal sealed record BuildAnswer(
    string? Site,
    string Profile,
    IReadOnlyList<string>? Choices,
    PlanBase Base,
    IReadOnlyList<string> Images,
    long DiskBytes,
    long Milliseconds,
    IReadOnlyList<PlanInput> Inputs
);
