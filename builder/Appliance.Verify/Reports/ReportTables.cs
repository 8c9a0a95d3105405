using Appliance.Verify.Runs;

namespace Appliance.Verify.Reports;

/// <summary>A result as rows, for whoever draws tables.</summary>
public static class ReportTables
{
    /// <summary>Everything that was judged, in order.</summary>
    public static IReadOnlyList<ReportRow> Checks(VerifyResult result) =>
        [
            .. result.Runs.SelectMany(run =>
                run.Checks.Select(check => new ReportRow(
                    run.Name,
                    check.Name,
                    check.Passed,
                    check.Detail,
                    check.Duration
                ))
            ),
        ];

    /// <summary>How long firmware, loader, kernel, rc and first boot took, for every boot.</summary>
    public static IReadOnlyList<TimingRow> Timings(VerifyResult result) =>
        [.. result.Runs.SelectMany(run => run.Boots.SelectMany(boot => Timings(run.Name, boot)))];

    private static IEnumerable<TimingRow> Timings(string run, BootResult boot) =>
        boot.Phases.Select(
            (mark, index) =>
                new TimingRow(
                    run,
                    boot.Number,
                    mark.Phase,
                    mark.At,
                    index + 1 < boot.Phases.Count ? boot.Phases[index + 1].At - mark.At : null
                )
        );
}
