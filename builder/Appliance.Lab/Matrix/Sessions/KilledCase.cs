using System.Diagnostics;
using System.Globalization;
using System.Net;
using Appliance.Lab.Daemons;

namespace Appliance.Lab.Matrix.Sessions;

/// <summary>
/// A bgpd that is killed while its neighbors stand: it says no word to anybody, and the next one begins with nothing. On a
/// router watchfrr starts that; in a namespace the lab does, so there the case says nothing of how it comes back.
/// </summary>
internal sealed class KilledCase
{
    private const string TitleBack =
        "a killed bgpd comes back by itself, with its configuration, and all sessions with it";

    private const string TitleBeside =
        "our prefixes are not taken back while another daemon is killed and comes back";

    private const string Unwatched = "no watchfrr runs in a namespace: the lab starts it again";

    /// <summary>What bgpd would be told to take back, it has taken back by then.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    private readonly SessionBench bench;
    private readonly RestartStand stand;
    private readonly HeldEdge held;
    private readonly KilledKernel kernel;
    private readonly Func<FrrDaemon, CancellationToken, Task> revive;
    private readonly Stopwatch clock = new();
    private TimeSpan read;
    private TimeSpan? up;
    private TimeSpan? routes;

    private KilledCase(SessionBench bench, Func<FrrDaemon, CancellationToken, Task> revive)
    {
        this.bench = bench;
        this.revive = revive;
        stand = new RestartStand(bench);
        held = new HeldEdge(bench);
        kernel = new KilledKernel(bench.OurPrefixes, [.. stand.Neighbors.SelectMany(Announced)]);
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
        SessionRun.WithoutHonestAsync(
            bench,
            bench.Sessions,
            () => new KilledCase(bench, revive).RunAsync(token),
            token
        );

    private async Task<IReadOnlyList<CaseResult>> RunAsync(CancellationToken token)
    {
        try
        {
            await stand.StandAsync(Task.CompletedTask, token);
            await stand.TakenAsync(item => item.Ordinary, token);
            await KillAsync(token);
            var ends = Ends();
            await stand.DismissAsync();
            var back = await IsBackAsync(token);
            JudgeEnds(ends);
            if (back)
            {
                await JudgeExportsAsync(token);
                await BesideAsync(token);
            }

            return stand.Results;
        }
        finally
        {
            await stand.DismissAsync();
        }
    }

    /// <summary>Ends when all neighbors know, and the kernel does.</summary>
    private async Task KillAsync(CancellationToken token)
    {
        clock.Start();
        await bench.Router.KillAsync(FrrDaemon.Bgp, token);
        await bench.WaitAsync(
            async () =>
            {
                kernel.AddWithout(await bench.Router.KernelRoutesAsync(token), clock.Elapsed);
                return kernel.Empty is not null && stand.Neighbors.TrueForAll(item => !item.IsUp);
            },
            Settled,
            token
        );
    }

    /// <summary>How each neighbor's session is, before they go and forget.</summary>
    private List<(RestartNeighbor Neighbor, bool Ended, string State)> Ends() =>
        [.. stand.Neighbors.Select(item => (item, !item.IsUp, item.State))];

    private void JudgeEnds(List<(RestartNeighbor Neighbor, bool Ended, string State)> ends)
    {
        foreach (var (item, ended, state) in ends)
        {
            var announced = Announced(item);
            stand.Add(
                item,
                "killed-ends",
                "when bgpd is killed the session ends, its routes leave the kernel, and our aggregates are dropped as before",
                ended && kernel.Drops && kernel.StaleOf(announced).Count == 0,
                $"session {state}; {kernel.Evidence(announced)}"
            );
        }
    }

    /// <summary>Neighbors try to come from now on, and are told nothing but what is judged afterwards.</summary>
    private async Task<bool> IsBackAsync(CancellationToken token)
    {
        string? failure = null;
        try
        {
            await stand.StandAsync(ReviveAsync(token), token);
        }
        catch (LabException exception) when (exception.Fault == LabFault.Failed)
        {
            failure = exception.Message;
        }

        failure ??= up is null ? "bgpd does not call every session established" : null;
        if (failure is null && !bench.Router.IsWatched)
        {
            stand.AddSkipped("killed-back", TitleBack, Unwatched);
            return true;
        }

        var times = string.Create(
            CultureInfo.InvariantCulture,
            $"since the kill: configuration read after {read.TotalSeconds:0.0} s, all sessions up after {up?.TotalSeconds:0.0} s"
        );
        foreach (var item in stand.Neighbors)
        {
            stand.Add(item, "killed-back", TitleBack, failure is null, failure ?? times);
        }

        return failure is null;
    }

    /// <summary>
    /// Ends when bgpd has read everything, calls every session established, and has brought the routes to the kernel: until
    /// then a line of the configuration may still reset a session.
    /// </summary>
    private async Task ReviveAsync(CancellationToken token)
    {
        var revived = revive(FrrDaemon.Bgp, token);
        do
        {
            kernel.Add(await bench.Router.KernelRoutesAsync(token));
            await Task.WhenAny(revived, Task.Delay(SessionBench.BetweenLooks, token));
        } while (!revived.IsCompleted);
        await revived;
        read = clock.Elapsed;
        if (await stand.EstablishedAsync(token))
        {
            up = clock.Elapsed;
            routes = await stand.TakenAsync(item => item.Ordinary, token) ? clock.Elapsed : null;
        }
    }

    private async Task JudgeExportsAsync(CancellationToken token)
    {
        await stand.ToldAsync(held.TellLimit, token);
        stand.Judge(
            "exports-killed",
            "exactly our prefixes are told from the first UPDATE after bgpd was killed",
            beside: routes is { } after
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"since the kill: routes in the kernel again after {after.TotalSeconds:0.0} s"
                )
                : "their routes are not in the kernel again"
        );
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
        await Task.Delay(bench.Patiently(Settled), token);
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

    private static IPNetwork[] Announced(RestartNeighbor item) => [item.Ordinary, item.Invalid];
}
