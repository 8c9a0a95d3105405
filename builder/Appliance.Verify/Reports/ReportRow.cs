namespace Appliance.Verify.Reports;

/// <summary>A row of the table of checks.</summary>
/// <param name="Run">"bios-i440fx".</param>
/// <param name="Duration">Zero where a duration has no meaning.</param>
public sealed record ReportRow(
    string Run,
    string Check,
    bool Passed,
    string Detail,
    TimeSpan Duration
);
