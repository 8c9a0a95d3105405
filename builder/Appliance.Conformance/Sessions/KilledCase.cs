using System.Diagnostics;
using System.Globalization;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// A bgpd that is killed while its neighbors stand: it says no word to anybody, and the next one begins with nothing.
/// </summary>
internal sealed class KilledCase
{
    private const string TitleBack =
        "a killed bgpd comes back by itself, with its configuration, and all sessions with it";

    private const string TitleBeside =
        "our prefixes are not taken back while another daemon is killed and comes back";

    private const string Unwatched = "no watchfrr runs in a namespace: the lab starts it again";

    private readonly LostDaemon lost;
    private readonly SessionBench bench;
    private readonly RestartStand stand;
    private TimeSpan? up;
    private TimeSpan? routes;

    private KilledCase(LostDaemon lost)
    {
        this.lost = lost;
        bench = lost.Bench;
        stand = lost.Stand;
    }

    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    ) => RunAsync(bench, bench.Router.ReviveAsync, token);

    /// <param name="revive">Brings bgpd back, or waits until somebody else has.</param>
    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        Func<FrrDaemon, CancellationToken, Task> revive,
        CancellationToken token
    ) =>
        LostDaemon.RunAsync(
            bench,
            FrrDaemon.Bgp,
            revive,
            (lost, _, inner) => new KilledCase(lost).RunAsync(inner),
            token
        );

    private async Task RunAsync(CancellationToken token)
    {
        lost.Clock.Start();
        await bench.Router.KillAsync(FrrDaemon.Bgp, token);
        var ends = await lost.EndsAsync(token);
        await stand.DismissAsync();
        var back = await IsBackAsync(token);
        lost.JudgeEnds(
            "killed-ends",
            "when bgpd is killed the session ends, its routes leave the kernel, and our aggregates are dropped as before",
            ends
        );
        if (back)
        {
            await lost.JudgeExportsAsync(
                "exports-killed",
                "exactly our prefixes are told from the first UPDATE after bgpd was killed",
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

    /// <summary>Neighbors try to come from now on, and are told nothing but what is judged afterwards.</summary>
    private async Task<bool> IsBackAsync(CancellationToken token)
    {
        var failure =
            await LostDaemon.FailureAsync(() => stand.StandAsync(ReviveAsync(token), token))
            ?? (up is null ? "bgpd does not call every session established" : null);
        lost.JudgeBack(
            "killed-back",
            TitleBack,
            Unwatched,
            failure,
            string.Create(
                CultureInfo.InvariantCulture,
                $"since the kill: configuration read after {lost.Read.TotalSeconds:0.0} s, all sessions up after {up?.TotalSeconds:0.0} s"
            )
        );
        return failure is null;
    }

    /// <summary>
    /// Ends when bgpd has read everything, calls every session established, and has brought the routes to the kernel: until
    /// then a line of the configuration may still reset a session.
    /// </summary>
    private async Task ReviveAsync(CancellationToken token)
    {
        await lost.ReviveAsync(token);
        if (await stand.EstablishedAsync(token))
        {
            up = lost.Clock.Elapsed;
            routes = await stand.TakenAsync(item => item.Ordinary, token)
                ? lost.Clock.Elapsed
                : null;
        }
    }

    /// <summary>
    /// staticd, because every edge has it, and because our prefixes rest on the kernel's blackholes and not on it. The
    /// daemons share one file, and bgpd must not read it again for another: it would hold back what the preflight let go.
    /// </summary>
    private async Task BesideAsync(CancellationToken token)
    {
        if (!bench.Router.IsWatched)
        {
            stand.AddSkipped("exports-beside", TitleBeside, Unwatched);
            return;
        }

        var before = stand.Neighbors.ConvertAll(OursTakenBack);
        var since = Stopwatch.StartNew();
        await bench.Router.KillAsync(FrrDaemon.Static, token);
        await bench.Router.ReviveAsync(FrrDaemon.Static, token);
        var back = since.Elapsed;
        await Task.Delay(bench.Patiently(LostDaemon.Settled), token);
        foreach (var (number, item) in stand.Neighbors.Index())
        {
            var takenBack = OursTakenBack(item) - before[number];
            stand.Add(
                item,
                "exports-beside",
                TitleBeside,
                stand.IsTold(item) && takenBack == 0,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"staticd back after {back.TotalSeconds:0.0} s; our prefixes taken back since: {takenBack}; as they should be: {stand.IsTold(item)}; session {item.State}"
                )
            );
        }
    }

    /// <summary>Our prefixes as a whole; blackholes inside them go and come with staticd.</summary>
    private int OursTakenBack(RestartNeighbor item) =>
        item.TakenBack.Count(bench.OurPrefixes.Contains);
}
