using Appliance.Conformance;

namespace Appliance.Cli.Answers;

/// <summary>Of <c>lab test</c>.</summary>
internal sealed record LabTestAnswer(
    bool Passed,
    int Failed,
    int Skipped,
    IReadOnlyList<CaseResult> Cases
);
