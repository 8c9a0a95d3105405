using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// An edge whose FRR restarts while no RPKI cache responds, with neighbors that connect from the first moment on; then
/// the caches start, fail, and the configuration is reloaded.
/// </summary>
internal sealed class RestartCase
{
    private readonly SessionBench bench;
    private readonly RestartNeighbors neighbors;
    private readonly RestartCaches caches;
    private readonly EdgePreflight preflight;
    private string? started;

    private RestartCase(SessionBench bench)
    {
        this.bench = bench;
        preflight = new EdgePreflight(bench);
        neighbors = new RestartNeighbors(bench);
        caches = new RestartCaches(bench, neighbors, preflight);
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

    /// <summary>Whether the preflight waits for an RPKI cache before it releases our prefixes.</summary>
    private bool WaitsForCaches => caches.Any && preflight.HoldsAnnouncements;

    private async Task<IReadOnlyList<CaseResult>> RunAsync(CancellationToken token)
    {
        try
        {
            await neighbors.KeepConnectedAsync(Task.CompletedTask, token);
            await neighbors.AcceptedAsync(item => item.Ordinary, token);
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
            return neighbors.Results;
        }
        finally
        {
            await neighbors.CloseAsync();
            await caches.RestoreAsync(token);
        }
    }

    private async Task RestartAsync(CancellationToken token)
    {
        var configuration = await File.ReadAllTextAsync(bench.Router.ConfigurationFile, token);
        await caches.GoAsync(token);
        await bench.Router.StopAsync(token);
        // The last messages may still be in flight.
        await bench.WaitAsync(
            () => Task.FromResult(neighbors.All.TrueForAll(item => !item.IsUp)),
            RestartNeighbors.Limit,
            token
        );
        neighbors.Judge(
            "exports-stop",
            "nothing but our prefixes is advertised while FRR stops",
            ended: true
        );
        await neighbors.CloseAsync();
        await neighbors.KeepConnectedAsync(StartAsync(configuration, token), token);
        await neighbors.AcceptedAsync(item => item.Ordinary, token);
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
        await neighbors.AllRoutesAsync(preflight.AdvertiseLimit, token);
        neighbors.Judge(
            "exports-start",
            "exactly our prefixes are advertised from the first UPDATE after a start",
            beside: started
        );
    }

    private async Task JudgeHeldAsync(CancellationToken token)
    {
        await Task.Delay(preflight.TwoTries, token);
        foreach (var item in neighbors.All)
        {
            var ours = item.ReceivedRoutes.Count(route => IsOurs(route.Prefix));
            neighbors.Add(
                item,
                "exports-held",
                "none of our prefixes is advertised while the preflight waits for an RPKI cache",
                ours == 0 && item.IsUp,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{ours} of ours among {item.ReceivedRoutes.Count} routes advertised, {preflight.TwoTries.TotalSeconds:0} s after all sessions were up; session {item.State}"
                )
            );
        }
    }

    private bool IsOurs(IPNetwork prefix) =>
        bench.OurPrefixes.Any(ours => ours.Contains(prefix.BaseAddress));

    /// <summary>Changes one line of the file; the reload must neither reset a session nor advertise anything new.</summary>
    private async Task ReloadAsync(CancellationToken token)
    {
        var configuration = await File.ReadAllTextAsync(bench.Router.ConfigurationFile, token);
        await bench.Router.ReloadAsync(
            EdgePreflight
                .Released(configuration)
                .Replace(
                    "\nend",
                    "\nipv6 prefix-list lab-reload seq 5 permit 2d00::/8\n!\nend",
                    StringComparison.Ordinal
                ),
            token
        );
        await neighbors.AllRoutesAsync(RestartNeighbors.Limit, token);
        neighbors.Judge(
            "exports-reload",
            "after a reload exactly our prefixes are advertised, and no session was reset"
        );
        await bench.Router.ReloadAsync(configuration, token);
    }

    /// <summary>
    /// Completes when bgpd has read its configuration, all sessions are established, and a route is in the kernel: from
    /// then on no line of the configuration is left that could reset a session.
    /// </summary>
    private async Task StartAsync(string configuration, CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        await bench.Router.StartAsync(configuration, token);
        var read = clock.Elapsed.TotalSeconds;
        await neighbors.EstablishedAsync(token);
        var up = clock.Elapsed.TotalSeconds;
        await bench.WaitAsync(
            async () =>
            {
                var seen = await bench.LookAsync(token);
                return neighbors.Accepting.Any(item =>
                    SessionBench.IsAccepted(seen, item.Ordinary, item.Session)
                );
            },
            RestartNeighbors.Limit,
            token
        );
        started = string.Create(
            CultureInfo.InvariantCulture,
            $"since the start began: configuration read after {read:0.0} s, all sessions up after {up:0.0} s, a route in the kernel after {clock.Elapsed.TotalSeconds:0.0} s"
        );
    }
}
