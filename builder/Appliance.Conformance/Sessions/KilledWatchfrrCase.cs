using System.Diagnostics;
using System.Globalization;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// A watchfrr that is killed: the daemons keep running, and it must be restarted. That it watches them is seen when the
/// next cases kill daemons.
/// </summary>
internal static class KilledWatchfrrCase
{
    private const string Id = "watcher-back";
    private const string Title =
        "a killed watchfrr is restarted automatically, and no session is disturbed";

    /// <summary>cron(8) runs every minute; the job checks twice before it starts watchfrr.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(75);

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    )
    {
        if (!bench.Router.IsWatched)
        {
            return
            [
                new(bench.Edge, Id, Title, CaseOutcome.Skipped, "no watchfrr runs in a namespace"),
            ];
        }

        var sessions = await bench.WatchOthersAsync(victim: null, token);
        var clock = Stopwatch.StartNew();
        await bench.Router.KillAsync(FrrDaemon.Watch, token);
        var back = await bench.WaitAsync(
            async () => await bench.Router.ProcessIdAsync(FrrDaemon.Watch, token) is not null,
            Limit,
            token
        );
        var after = clock.Elapsed;
        var (calm, evidence) = await sessions.LookAsync(token);
        return
        [
            new(
                bench.Edge,
                Id,
                Title,
                back && calm ? CaseOutcome.Passed : CaseOutcome.Failed,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{(back ? "it runs" : "none runs")} {after.TotalSeconds:0.0} s after the kill; {evidence}"
                )
            ),
        ];
    }
}
