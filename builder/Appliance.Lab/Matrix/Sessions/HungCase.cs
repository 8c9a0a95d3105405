using System.Diagnostics;
using System.Globalization;
using System.Net;
using Appliance.Lab.Daemons;

namespace Appliance.Lab.Matrix.Sessions;

/// <summary>
/// A zebra that hangs while neighbors stand. Packets go on as before, until watchfrr ends all daemons and starts them
/// again; what zebra had told the kernel is still there then. The neighbors stay away until it is judged, so nothing but a
/// clean start takes their routes out of the kernel. In a namespace the lab does watchfrr's part.
/// </summary>
internal sealed class HungCase
{
    private const string TitleBack =
        "a zebra that hangs is ended and comes back by itself, with the configuration, and all sessions with it";

    private const string Unwatched = "no watchfrr runs in a namespace: the lab ends and starts it";

    /// <summary>What the daemons that came last have to take out of the kernel, they have taken out by then.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(5);

    private readonly SessionBench bench;
    private readonly RestartStand stand;
    private readonly HeldEdge held;
    private readonly KilledKernel kernel;
    private readonly Func<FrrDaemon, CancellationToken, Task> revive;
    private readonly Stopwatch clock = new();
    private TimeSpan read;

    private HungCase(SessionBench bench, Func<FrrDaemon, CancellationToken, Task> revive)
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

    /// <param name="revive">Brings zebra back and all others with it, or waits until somebody else has.</param>
    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        Func<FrrDaemon, CancellationToken, Task> revive,
        CancellationToken token
    ) =>
        SessionRun.WithoutHonestAsync(
            bench,
            bench.Sessions,
            () => new HungCase(bench, revive).RunAsync(token),
            token
        );

    private async Task<IReadOnlyList<CaseResult>> RunAsync(CancellationToken token)
    {
        try
        {
            await stand.StandAsync(Task.CompletedTask, token);
            var taken = await stand.TakenAsync(item => item.Ordinary, token);
            clock.Start();
            await bench.Router.HangAsync(FrrDaemon.Zebra, token);
            var failure = await ReviveAsync(token);
            if (failure is null)
            {
                await JudgeEndsAsync(taken, token);
                await stand.DismissAsync();
                failure = await ReturnAsync(token);
            }

            JudgeBack(failure);
            if (failure is null)
            {
                await stand.ToldAsync(held.TellLimit, token);
                stand.Judge(
                    "exports-hung",
                    "exactly our prefixes are told from the first UPDATE after zebra hung"
                );
            }

            return stand.Results;
        }
        finally
        {
            await stand.DismissAsync();
        }
    }

    /// <returns>Why it did not come back; null when it did.</returns>
    private async Task<string?> ReviveAsync(CancellationToken token)
    {
        try
        {
            var revived = revive(FrrDaemon.Zebra, token);
            do
            {
                kernel.Add(await bench.Router.KernelRoutesAsync(token));
                await Task.WhenAny(revived, Task.Delay(SessionBench.BetweenLooks, token));
            } while (!revived.IsCompleted);
            await revived;
            read = clock.Elapsed;
            return null;
        }
        catch (LabException exception) when (exception.Fault == LabFault.Failed)
        {
            return exception.Message;
        }
    }

    /// <summary>Nobody announces anything now.</summary>
    private async Task JudgeEndsAsync(bool taken, CancellationToken token)
    {
        await bench.WaitAsync(
            async () =>
            {
                kernel.AddWithout(await bench.Router.KernelRoutesAsync(token), clock.Elapsed);
                return kernel.Empty is not null && stand.Neighbors.TrueForAll(item => !item.IsUp);
            },
            Settled,
            token
        );
        foreach (var item in stand.Neighbors)
        {
            var announced = Announced(item);
            stand.Add(
                item,
                "hung-ends",
                "after a zebra that hung no route of a neighbor that is gone stays in the kernel, and our aggregates are dropped all the time",
                taken && !item.IsUp && kernel.Drops && kernel.StaleOf(announced).Count == 0,
                taken
                    ? $"session {item.State}; {kernel.Evidence(announced)}"
                    : "the routes were not in the kernel before"
            );
        }
    }

    /// <returns>Why the sessions did not come back; null when they did.</returns>
    private async Task<string?> ReturnAsync(CancellationToken token)
    {
        var up = false;
        try
        {
            await stand.StandAsync(EstablishAsync(), token);
        }
        catch (LabException exception) when (exception.Fault == LabFault.Failed)
        {
            return exception.Message;
        }

        return up ? null : "sessions are not established, or their routes are not in the kernel";

        async Task EstablishAsync() =>
            up =
                await stand.EstablishedAsync(token)
                && await stand.TakenAsync(item => item.Ordinary, token);
    }

    private void JudgeBack(string? failure)
    {
        if (failure is null && !bench.Router.IsWatched)
        {
            stand.AddSkipped("hung-back", TitleBack, Unwatched);
            return;
        }

        var times = string.Create(
            CultureInfo.InvariantCulture,
            $"since it hung: configuration read after {read.TotalSeconds:0.0} s; then neighbors came, and their routes were in the kernel after {clock.Elapsed.TotalSeconds:0.0} s"
        );
        foreach (var item in stand.Neighbors)
        {
            stand.Add(item, "hung-back", TitleBack, failure is null, failure ?? times);
        }
    }

    private static IPNetwork[] Announced(RestartNeighbor item) => [item.Ordinary, item.Invalid];
}
