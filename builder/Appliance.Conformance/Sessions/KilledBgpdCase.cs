using System.Diagnostics;
using System.Globalization;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// A bgpd that is killed while sessions are established: it withdraws nothing, and the next one starts empty.
/// </summary>
internal sealed class KilledBgpdCase
{
    private const string TitleBack =
        "a killed bgpd is restarted automatically, with its configuration, and all sessions come back";

    private const string TitleBeside =
        "our prefixes are not withdrawn while another daemon is killed and restarted";

    private const string Unwatched = "no watchfrr runs in a namespace: the lab restarts it";

    private readonly DaemonFailure loss;
    private readonly SessionBench bench;
    private readonly RestartNeighbors neighbors;
    private TimeSpan? up;
    private TimeSpan? routes;

    private KilledBgpdCase(DaemonFailure loss)
    {
        this.loss = loss;
        bench = loss.Bench;
        neighbors = loss.Neighbors;
    }

    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    ) => RunAsync(bench, bench.Router.ReviveAsync, token);

    /// <param name="revive">Restarts bgpd, or waits until watchfrr has.</param>
    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        Func<FrrDaemon, CancellationToken, Task> revive,
        CancellationToken token
    ) =>
        DaemonFailure.RunAsync(
            bench,
            FrrDaemon.Bgp,
            revive,
            (loss, _, inner) => new KilledBgpdCase(loss).RunAsync(inner),
            token
        );

    private async Task RunAsync(CancellationToken token)
    {
        loss.Clock.Start();
        await bench.Router.KillAsync(FrrDaemon.Bgp, token);
        var ends = await loss.EndsAsync(token);
        await neighbors.CloseAsync();
        var back = await IsBackAsync(token);
        loss.JudgeEnds(
            "killed-ends",
            "when bgpd is killed, the session ends, its routes leave the kernel, and packets to our aggregates are still dropped",
            ends
        );
        if (back)
        {
            await loss.JudgeExportsAsync(
                "exports-killed",
                "exactly our prefixes are advertised from the first UPDATE after bgpd was killed",
                routes is { } after
                    ? string.Create(
                        CultureInfo.InvariantCulture,
                        $"since the kill: routes in the kernel again after {after.TotalSeconds:0.0} s"
                    )
                    : "their routes are not in the kernel again",
                token
            );
            await BesideAsync(token);
        }
    }

    /// <summary>Lets the neighbors reconnect; what they receive from now on is judged afterwards.</summary>
    private async Task<bool> IsBackAsync(CancellationToken token)
    {
        var failure =
            await DaemonFailure.FailureAsync(() =>
                neighbors.KeepConnectedAsync(ReviveAsync(token), token)
            ) ?? (up is null ? "bgpd does not report every session as established" : null);
        loss.JudgeBack(
            "killed-back",
            TitleBack,
            Unwatched,
            failure,
            string.Create(
                CultureInfo.InvariantCulture,
                $"since the kill: configuration read after {loss.Read.TotalSeconds:0.0} s, all sessions up after {up?.TotalSeconds:0.0} s"
            )
        );
        return failure is null;
    }

    /// <summary>
    /// Completes when bgpd has read its configuration, all sessions are established, and the routes are in the kernel: until
    /// then a line of the configuration may still reset a session.
    /// </summary>
    private async Task ReviveAsync(CancellationToken token)
    {
        await loss.ReviveAsync(token);
        if (await neighbors.EstablishedAsync(token))
        {
            up = loss.Clock.Elapsed;
            routes = await neighbors.AcceptedAsync(item => item.Ordinary, token)
                ? loss.Clock.Elapsed
                : null;
        }
    }

    /// <summary>
    /// staticd, because every edge runs it, and because our prefixes depend on the kernel's blackholes and not on it. The
    /// daemons share one file, and bgpd must not read it again for another daemon: that would restore the preflight's hold.
    /// </summary>
    private async Task BesideAsync(CancellationToken token)
    {
        if (!bench.Router.IsWatched)
        {
            neighbors.AddSkipped("exports-beside", TitleBeside, Unwatched);
            return;
        }

        var before = neighbors.All.ConvertAll(OwnWithdrawals);
        var since = Stopwatch.StartNew();
        await bench.Router.KillAsync(FrrDaemon.Static, token);
        await bench.Router.ReviveAsync(FrrDaemon.Static, token);
        var back = since.Elapsed;
        await Task.Delay(bench.Timeout(DaemonFailure.Settled), token);
        foreach (var (number, item) in neighbors.All.Index())
        {
            var withdrawn = OwnWithdrawals(item) - before[number];
            neighbors.Add(
                item,
                "exports-beside",
                TitleBeside,
                neighbors.HasAllRoutes(item) && withdrawn == 0,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"staticd back after {back.TotalSeconds:0.0} s; our prefixes withdrawn since: {withdrawn}; advertised as specified: {neighbors.HasAllRoutes(item)}; session {item.State}"
                )
            );
        }
    }

    /// <summary>Our prefixes as a whole; staticd owns the blackholes within them.</summary>
    private int OwnWithdrawals(RestartNeighbor item) =>
        item.WithdrawnPrefixes.Count(bench.OurPrefixes.Contains);
}
