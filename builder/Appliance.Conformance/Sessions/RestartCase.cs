using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// An edge whose FRR ends and starts again while no RPKI cache answers, with neighbors that are there from the first
/// moment on; then the caches come, die, and the configuration is reloaded.
/// </summary>
internal sealed class RestartCase
{
    private readonly SessionBench bench;
    private readonly RestartStand stand;
    private readonly RestartCaches caches;
    private readonly HeldEdge held;
    private string? started;

    private RestartCase(SessionBench bench)
    {
        this.bench = bench;
        held = new HeldEdge(bench);
        stand = new RestartStand(bench);
        caches = new RestartCaches(bench, stand, held);
    }

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    )
    {
        var run = new RestartCase(bench);
        return await SessionRun.WithoutHonestAsync(
            bench,
            bench.Sessions,
            () => run.RunAsync(token),
            token
        );
    }

    /// <summary>The machine's preflight waits for an RPKI cache before it lets our prefixes be told.</summary>
    private bool WaitsForCaches => caches.Any && held.HoldsAnnouncements;

    private async Task<IReadOnlyList<CaseResult>> RunAsync(CancellationToken token)
    {
        try
        {
            await stand.StandAsync(Task.CompletedTask, token);
            await stand.TakenAsync(item => item.Ordinary, token);
            await RestartAsync(token);
            if (caches.Any)
            {
                await caches.ComeAsync(token);
                if (WaitsForCaches)
                {
                    await JudgeStartAsync(token);
                }

                await caches.DieAsync(token);
            }

            await ReloadAsync(token);
            return stand.Results;
        }
        finally
        {
            await stand.DismissAsync();
            await caches.RestoreAsync(token);
        }
    }

    private async Task RestartAsync(CancellationToken token)
    {
        var configuration = await File.ReadAllTextAsync(bench.Router.ConfigurationFile, token);
        await caches.GoAsync(token);
        await bench.Router.StopAsync(token);
        // What was said last may still be on its way.
        await bench.WaitAsync(
            () => Task.FromResult(stand.Neighbors.TrueForAll(item => !item.IsUp)),
            RestartStand.Limit,
            token
        );
        stand.Judge("exports-stop", "nothing but our prefixes is told while FRR ends", ended: true);
        await stand.DismissAsync();
        await stand.StandAsync(StartAsync(configuration, token), token);
        await stand.TakenAsync(item => item.Ordinary, token);
        if (WaitsForCaches)
        {
            await JudgeHeldAsync(token);
        }
        else
        {
            await JudgeStartAsync(token);
        }
    }

    private async Task JudgeStartAsync(CancellationToken token)
    {
        await stand.ToldAsync(held.TellLimit, token);
        stand.Judge(
            "exports-start",
            "exactly our prefixes are told from the first UPDATE after a start",
            beside: started
        );
    }

    private async Task JudgeHeldAsync(CancellationToken token)
    {
        await Task.Delay(held.TwoTries, token);
        foreach (var item in stand.Neighbors)
        {
            var ours = item.Told.Count(route => IsOurs(route.Prefix));
            stand.Add(
                item,
                "exports-held",
                "none of our prefixes is told while the preflight waits for an RPKI cache",
                ours == 0 && item.IsUp,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ours} of ours among {item.Told.Count} routes told, {held.TwoTries.TotalSeconds:0} s after all sessions were up; session {item.State}"
                )
            );
        }
    }

    private bool IsOurs(IPNetwork prefix) =>
        bench.OurPrefixes.Any(ours => ours.Contains(prefix.BaseAddress));

    /// <summary>One line of the file is changed; the reload must neither reset a session nor tell anything new.</summary>
    private async Task ReloadAsync(CancellationToken token)
    {
        var configuration = await File.ReadAllTextAsync(bench.Router.ConfigurationFile, token);
        await bench.Router.ReloadAsync(
            HeldEdge
                .Lifted(configuration)
                .Replace(
                    "\nend",
                    "\nipv6 prefix-list lab-reload seq 5 permit 2d00::/8\n!\nend",
                    StringComparison.Ordinal
                ),
            token
        );
        await stand.ToldAsync(RestartStand.Limit, token);
        stand.Judge(
            "exports-reload",
            "after a reload exactly our prefixes are told, and no session was reset"
        );
        await bench.Router.ReloadAsync(configuration, token);
    }

    /// <summary>
    /// Ends when bgpd has read everything, calls every session established, and has brought a route to the kernel: from
    /// then on nothing of the configuration is left that could reset a session.
    /// </summary>
    private async Task StartAsync(string configuration, CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        await bench.Router.StartAsync(configuration, token);
        var read = clock.Elapsed.TotalSeconds;
        await stand.EstablishedAsync(token);
        var up = clock.Elapsed.TotalSeconds;
        await bench.WaitAsync(
            async () =>
            {
                var seen = await bench.LookAsync(token);
                return stand.Taking.Any(item =>
                    SessionBench.IsTaken(seen, item.Ordinary, item.Session)
                );
            },
            RestartStand.Limit,
            token
        );
        started = string.Create(
            CultureInfo.InvariantCulture,
            $"since the start began: configuration read after {read:0.0} s, all sessions up after {up:0.0} s, a route in the kernel after {clock.Elapsed.TotalSeconds:0.0} s"
        );
    }
}
