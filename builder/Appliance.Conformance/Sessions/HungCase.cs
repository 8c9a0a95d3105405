using System.Globalization;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// A zebra that hangs while neighbors stand. Packets go on as before, until watchfrr ends all daemons and starts them
/// again; what zebra had told the kernel is still there then. The neighbors stay away until it is judged, so nothing but a
/// clean start takes their routes out of the kernel. In a namespace the lab does watchfrr's part.
/// </summary>
internal sealed class HungCase
{
    private const string Unwatched = "no watchfrr runs in a namespace: the lab ends and starts it";

    private readonly LostDaemon lost;
    private readonly RestartStand stand;

    private HungCase(LostDaemon lost)
    {
        this.lost = lost;
        stand = lost.Stand;
    }

    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    ) => RunAsync(bench, bench.Router.ReviveAsync, token);

    /// <param name="revive">Brings zebra back and all others with it, or waits until somebody else has.</param>
    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        Func<FrrDaemon, CancellationToken, Task> revive,
        CancellationToken token
    ) =>
        LostDaemon.RunAsync(
            bench,
            FrrDaemon.Zebra,
            revive,
            (lost, taken, inner) => new HungCase(lost).RunAsync(taken, inner),
            token
        );

    private async Task RunAsync(bool taken, CancellationToken token)
    {
        lost.Clock.Start();
        await lost.Bench.Router.HangAsync(FrrDaemon.Zebra, token);
        var failure = await LostDaemon.FailureAsync(() => lost.ReviveAsync(token));
        if (failure is null)
        {
            // Nobody announces anything now.
            lost.JudgeEnds(
                "hung-ends",
                "after a zebra that hung no route of a neighbor that is gone stays in the kernel, and our aggregates are dropped all the time",
                await lost.EndsAsync(token),
                taken
            );
            await stand.DismissAsync();
            failure = await ReturnAsync(token);
        }

        lost.JudgeBack(
            "hung-back",
            "a zebra that hangs is ended and comes back by itself, with the configuration, and all sessions with it",
            Unwatched,
            failure,
            string.Create(
                CultureInfo.InvariantCulture,
                $"since it hung: configuration read after {lost.Read.TotalSeconds:0.0} s; then neighbors came, and their routes were in the kernel after {lost.Clock.Elapsed.TotalSeconds:0.0} s"
            )
        );
        if (failure is null)
        {
            await lost.JudgeExportsAsync(
                "exports-hung",
                "exactly our prefixes are told from the first UPDATE after zebra hung",
                null,
                token
            );
        }
    }

    /// <returns>Why the sessions did not come back; null when they did.</returns>
    private async Task<string?> ReturnAsync(CancellationToken token)
    {
        var up = false;
        var failure = await LostDaemon.FailureAsync(async () => up = await lost.TakeAsync(token));
        return failure
            ?? (up ? null : "sessions are not established, or their routes are not in the kernel");
    }
}
