using System.Diagnostics;
using System.Net;
using Appliance.Lab;
using Appliance.Lab.Daemons;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// The failure of a daemon while sessions are established: the neighbors, the kernel meanwhile, and the restart. On a
/// router watchfrr restarts it; in a namespace the lab does, so the restart is not judged there.
/// </summary>
internal sealed class DaemonFailure
{
    /// <summary>Time in which withdrawals are received and the kernel's routes are removed.</summary>
    public static TimeSpan Settled { get; } = TimeSpan.FromSeconds(5);

    private readonly FrrDaemon daemon;
    private readonly Func<FrrDaemon, CancellationToken, Task> revive;
    private readonly KernelWithoutBgpd kernel;
    private readonly EdgePreflight preflight;

    private DaemonFailure(
        SessionBench bench,
        FrrDaemon daemon,
        Func<FrrDaemon, CancellationToken, Task> revive
    )
    {
        Bench = bench;
        this.daemon = daemon;
        this.revive = revive;
        Neighbors = new RestartNeighbors(bench);
        kernel = new KernelWithoutBgpd(bench.OurPrefixes, [.. Neighbors.All.SelectMany(Announced)]);
        preflight = new EdgePreflight(bench);
    }

    public SessionBench Bench { get; }

    public RestartNeighbors Neighbors { get; }

    /// <summary>Time since the failure.</summary>
    public Stopwatch Clock { get; } = new();

    /// <summary>Time from the failure until the daemon had read its configuration again.</summary>
    public TimeSpan Read { get; private set; }

    /// <summary>Replaces the honest neighbors by our speakers while a case runs.</summary>
    /// <param name="daemon">Daemon that fails.</param>
    /// <param name="revive">Restarts it, or waits until watchfrr has.</param>
    /// <param name="work">The case; its second argument says whether the routes are in the kernel.</param>
    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        FrrDaemon daemon,
        Func<FrrDaemon, CancellationToken, Task> revive,
        Func<DaemonFailure, bool, CancellationToken, Task> work,
        CancellationToken token
    ) =>
        SessionRun.WithoutHonestAsync(
            bench,
            bench.Sessions,
            () => new DaemonFailure(bench, daemon, revive).RunAsync(work, token),
            token
        );

    private async Task<IReadOnlyList<CaseResult>> RunAsync(
        Func<DaemonFailure, bool, CancellationToken, Task> work,
        CancellationToken token
    )
    {
        try
        {
            await work(this, await TakeAsync(token), token);
            return Neighbors.Results;
        }
        finally
        {
            await Neighbors.CloseAsync();
        }
    }

    /// <summary>Connects the neighbors, again where the edge resets them, until their routes are in the kernel.</summary>
    /// <returns>False when a session is not established or a route is not accepted in time.</returns>
    /// <exception cref="LabException">A neighbor's session was not accepted.</exception>
    public async Task<bool> TakeAsync(CancellationToken token)
    {
        var accepted = false;
        await Neighbors.KeepConnectedAsync(EstablishAsync(), token);
        return accepted;

        async Task EstablishAsync() =>
            accepted =
                await Neighbors.EstablishedAsync(token)
                && await Neighbors.AcceptedAsync(item => item.Ordinary, token);
    }

    /// <summary>Completes when all sessions have ended and the kernel has removed their routes, or at the time limit.</summary>
    /// <returns>The state of each neighbor's session.</returns>
    public async Task<IReadOnlyList<FailedSession>> EndsAsync(CancellationToken token)
    {
        await Bench.WaitAsync(
            async () =>
            {
                kernel.AddWithout(await Bench.Router.KernelRoutesAsync(token), Clock.Elapsed);
                return kernel.Empty is not null && Neighbors.All.TrueForAll(item => !item.IsUp);
            },
            Settled,
            token
        );
        return [.. Neighbors.All.Select(item => new FailedSession(item, !item.IsUp, item.State))];
    }

    /// <summary>Restarts it, or waits until watchfrr has, and observes the kernel meanwhile.</summary>
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

    /// <summary>Judges the ended sessions and all observations of the kernel until now.</summary>
    /// <param name="accepted">Whether the routes were in the kernel at the failure.</param>
    public void JudgeEnds(
        string id,
        string title,
        IReadOnlyList<FailedSession> ends,
        bool accepted = true
    )
    {
        foreach (var (item, ended, state) in ends)
        {
            var announced = Announced(item);
            Neighbors.Add(
                item,
                id,
                title,
                accepted && ended && kernel.Drops && kernel.StaleOf(announced).Count == 0,
                accepted
                    ? $"session {state}; {kernel.Evidence(announced)}"
                    : "the routes were not in the kernel before"
            );
        }
    }

    /// <summary>Judges the restart; where the lab restarted it, only a failure is a result.</summary>
    /// <param name="unwatched">Why the restart is not judged without watchfrr.</param>
    /// <param name="failure">Why it is not running; null when it is.</param>
    /// <param name="times">The measured times.</param>
    public void JudgeBack(string id, string title, string unwatched, string? failure, string times)
    {
        if (failure is null && !Bench.Router.IsWatched)
        {
            Neighbors.AddSkipped(id, title, unwatched);
            return;
        }

        foreach (var item in Neighbors.All)
        {
            Neighbors.Add(item, id, title, failure is null, failure ?? times);
        }
    }

    /// <summary>Judges what is advertised after the restart and the release of the preflight's hold.</summary>
    /// <param name="beside">Further evidence.</param>
    public async Task JudgeExportsAsync(
        string id,
        string title,
        string? beside,
        CancellationToken token
    )
    {
        await Neighbors.AllRoutesAsync(preflight.AdvertiseLimit, token);
        Neighbors.Judge(id, title, beside: beside);
    }

    /// <summary>Returns the message of a failure of the lab; null when there was none.</summary>
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

/// <summary>A neighbor's session after the failure of a daemon.</summary>
/// <param name="State">For people.</param>
internal sealed record FailedSession(RestartNeighbor Neighbor, bool HasEnded, string State);
