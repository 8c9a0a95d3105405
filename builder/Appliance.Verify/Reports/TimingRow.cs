using Appliance.Verify.Console;

namespace Appliance.Verify.Reports;

/// <summary>A row of the table of timings.</summary>
/// <param name="Run">"bios-i440fx".</param>
/// <param name="Boot">Counted from 1.</param>
/// <param name="Start">Since power-on.</param>
/// <param name="Duration">To the beginning of the next stage; null for the last one.</param>
public sealed record TimingRow(
    string Run,
    int Boot,
    BootPhase Phase,
    TimeSpan Start,
    TimeSpan? Duration
);
