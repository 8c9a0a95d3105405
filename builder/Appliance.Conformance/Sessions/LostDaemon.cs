using System.Diagnostics;
using System.Net;
using Appliance.Lab;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// A daemon that is lost while neighbors stand: they, the kernel meanwhile, and who brings it back. On a router that is
/// watchfrr; in a namespace it is the lab, so there nothing is said of how it comes back.
/// </summary>
internal sealed class LostDaemon
{
    /// <summary>What is to be taken back, or out of the kernel, has gone by then.</summary>
    public static TimeSpan Settled { get; } = TimeSpan.FromSeconds(5);

    private readonly FrrDaemon daemon;
    private readonly Func<FrrDaemon, CancellationToken, Task> revive;
    private readonly KilledKernel kernel;
    private readonly HeldEdge held;

    private LostDaemon(
        SessionBench bench,
        FrrDaemon daemon,
        Func<FrrDaemon, CancellationToken, Task> revive
    )
    {
        Bench = bench;
        this.daemon = daemon;
        this.revive = revive;
        Stand = new RestartStand(bench);
        kernel = new KilledKernel(bench.OurPrefixes, [.. Stand.Neighbors.SelectMany(Announced)]);
        held = new HeldEdge(bench);
    }

    public SessionBench Bench { get; }

    public RestartStand Stand { get; }

    /// <summary>Runs since the daemon was lost.</summary>
    public Stopwatch Clock { get; } = new();

    /// <summary>When it ran again and had been given its configuration.</summary>
    public TimeSpan Read { get; private set; }

    /// <summary>Puts neighbors with routes in the place of the honest ones, for as long as a case takes.</summary>
    /// <param name="daemon">The one that the case loses.</param>
    /// <param name="revive">Brings it back, or waits until somebody else has.</param>
    /// <param name="work">The case; it is told whether the routes have come to the kernel.</param>
    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        FrrDaemon daemon,
        Func<FrrDaemon, CancellationToken, Task> revive,
        Func<LostDaemon, bool, CancellationToken, Task> work,
        CancellationToken token
    ) =>
        SessionRun.WithoutHonestAsync(
            bench,
            bench.Sessions,
            () => new LostDaemon(bench, daemon, revive).RunAsync(work, token),
            token
        );

    private async Task<IReadOnlyList<CaseResult>> RunAsync(
        Func<LostDaemon, bool, CancellationToken, Task> work,
        CancellationToken token
    )
    {
        try
        {
            await work(this, await TakeAsync(token), token);
            return Stand.Results;
        }
        finally
        {
            await Stand.DismissAsync();
        }
    }

    /// <summary>Neighbors come, and again where the edge resets them, until it has their routes in the kernel.</summary>
    /// <returns>False when it does not call every session established, or has not taken the routes, in time.</returns>
    /// <exception cref="LabException">A neighbor's session was not taken.</exception>
    public async Task<bool> TakeAsync(CancellationToken token)
    {
        var taken = false;
        await Stand.StandAsync(EstablishAsync(), token);
        return taken;

        async Task EstablishAsync() =>
            taken =
                await Stand.EstablishedAsync(token)
                && await Stand.TakenAsync(item => item.Ordinary, token);
    }

    /// <summary>Ends when all neighbors have lost their sessions and the kernel their routes, or the time is up.</summary>
    /// <returns>How each neighbor's session is, to be judged when they have gone and forgotten.</returns>
    public async Task<IReadOnlyList<LostSession>> EndsAsync(CancellationToken token)
    {
        await Bench.WaitAsync(
            async () =>
            {
                kernel.AddWithout(await Bench.Router.KernelRoutesAsync(token), Clock.Elapsed);
                return kernel.Empty is not null && Stand.Neighbors.TrueForAll(item => !item.IsUp);
            },
            Settled,
            token
        );
        return [.. Stand.Neighbors.Select(item => new LostSession(item, !item.IsUp, item.State))];
    }

    /// <summary>Brings it back, or waits until somebody else has; the kernel is looked at meanwhile.</summary>
    public async Task ReviveAsync(CancellationToken token)
    {
        var revived = revive(daemon, token);
        do
        {
            kernel.Add(await Bench.Router.KernelRoutesAsync(token));
            await Task.WhenAny(revived, Task.Delay(SessionBench.BetweenLooks, token));
        } while (!revived.IsCompleted);
        await revived;
        Read = Clock.Elapsed;
    }

    /// <summary>Judges sessions that ended, and the kernel at all looks until now.</summary>
    /// <param name="taken">The routes were in the kernel when the daemon was lost.</param>
    public void JudgeEnds(
        string id,
        string title,
        IReadOnlyList<LostSession> ends,
        bool taken = true
    )
    {
        foreach (var (item, ended, state) in ends)
        {
            var announced = Announced(item);
            Stand.Add(
                item,
                id,
                title,
                taken && ended && kernel.Drops && kernel.StaleOf(announced).Count == 0,
                taken
                    ? $"session {state}; {kernel.Evidence(announced)}"
                    : "the routes were not in the kernel before"
            );
        }
    }

    /// <summary>Judges whether it is back; where the lab has brought it back only a failure says something.</summary>
    /// <param name="unwatched">Why it is not judged there.</param>
    /// <param name="failure">Why it is not back; null when it is.</param>
    /// <param name="times">When it was, for people.</param>
    public void JudgeBack(string id, string title, string unwatched, string? failure, string times)
    {
        if (failure is null && !Bench.Router.IsWatched)
        {
            Stand.AddSkipped(id, title, unwatched);
            return;
        }

        foreach (var item in Stand.Neighbors)
        {
            Stand.Add(item, id, title, failure is null, failure ?? times);
        }
    }

    /// <summary>Judges what the neighbors are told once it is back and the preflight has let go.</summary>
    /// <param name="beside">What else was seen.</param>
    public async Task JudgeExportsAsync(
        string id,
        string title,
        string? beside,
        CancellationToken token
    )
    {
        await Stand.ToldAsync(held.TellLimit, token);
        Stand.Judge(id, title, beside: beside);
    }

    /// <summary>What somebody's failure in the lab is called; null when all went well.</summary>
    public static async Task<string?> FailureAsync(Func<Task> work)
    {
        try
        {
            await work();
            return null;
        }
        catch (LabException exception) when (exception.Fault == LabFault.Failed)
        {
            return exception.Message;
        }
    }

    private static IPNetwork[] Announced(RestartNeighbor item) => [item.Ordinary, item.Invalid];
}

/// <summary>A neighbor's session after a daemon was lost.</summary>
/// <param name="State">For people.</param>
internal sealed record LostSession(RestartNeighbor Neighbor, bool HasEnded, string State);
