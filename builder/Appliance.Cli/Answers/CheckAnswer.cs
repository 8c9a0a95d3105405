using Appliance.Model.Reports;

namespace Appliance.Cli.Answers;

/// <summary>Of <c>check</c>.</summary>
internal sealed record CheckAnswer(
    string Network,
    int Errors,
    int Warnings,
    IReadOnlyList<Finding> Findings
);
