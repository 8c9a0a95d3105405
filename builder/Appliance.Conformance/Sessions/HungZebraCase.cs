using System.Globalization;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// A zebra that hangs while sessions are established. Packets are forwarded as before, until watchfrr restarts all
/// daemons; the routes of the old zebra are still in the kernel then. The neighbors stay down until it is judged, so only a
/// clean start removes their routes from the kernel. In a namespace the lab takes the part of watchfrr.
/// </summary>
internal sealed class HungZebraCase
{
    private const string Unwatched = "no watchfrr runs in a namespace: the lab restarts it";

    private readonly DaemonFailure loss;
    private readonly RestartNeighbors neighbors;

    private HungZebraCase(DaemonFailure loss)
    {
        this.loss = loss;
        neighbors = loss.Neighbors;
    }

    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    ) => RunAsync(bench, bench.Router.ReviveAsync, token);

    /// <param name="revive">Restarts zebra and all other daemons, or waits until watchfrr has.</param>
    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        Func<FrrDaemon, CancellationToken, Task> revive,
        CancellationToken token
    ) =>
        DaemonFailure.RunAsync(
            bench,
            FrrDaemon.Zebra,
            revive,
            (loss, accepted, inner) => new HungZebraCase(loss).RunAsync(accepted, inner),
            token
        );

    private async Task RunAsync(bool accepted, CancellationToken token)
    {
        loss.Clock.Start();
        await loss.Bench.Router.HangAsync(FrrDaemon.Zebra, token);
        var failure = await DaemonFailure.FailureAsync(() => loss.ReviveAsync(token));
        if (failure is null)
        {
            // No neighbor announces anything now.
            loss.JudgeEnds(
                "hung-ends",
                "after a zebra hung, the kernel keeps no route of a neighbor that is down, and drops packets to our aggregates throughout",
                await loss.EndsAsync(token),
                accepted
            );
            await neighbors.CloseAsync();
            failure = await ReturnAsync(token);
        }

        loss.JudgeBack(
            "hung-back",
            "a zebra that hangs is restarted automatically, with its configuration, and all sessions come back",
            Unwatched,
            failure,
            string.Create(
                CultureInfo.InvariantCulture,
                $"since the hang: configuration read after {loss.Read.TotalSeconds:0.0} s; then neighbors came, and their routes were in the kernel after {loss.Clock.Elapsed.TotalSeconds:0.0} s"
            )
        );
        if (failure is null)
        {
            await loss.JudgeExportsAsync(
                "exports-hung",
                "exactly our prefixes are advertised from the first UPDATE after zebra hung",
                null,
                token
            );
        }
    }

    /// <returns>Why the sessions are not established; null when they are.</returns>
    private async Task<string?> ReturnAsync(CancellationToken token)
    {
        var up = false;
        var failure = await DaemonFailure.FailureAsync(async () =>
            up = await loss.TakeAsync(token)
        );
        return failure
            ?? (up ? null : "sessions are not established, or their routes are not in the kernel");
    }
}
