using System.Globalization;
using System.Net;
using Appliance.Lab.Bgp;
using Appliance.Lab.Rpki;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Lab.Matrix.Sessions;

/// <summary>
/// An edge whose FRR ends and starts again while no RPKI cache answers, with neighbors that are there from the first
/// moment on; then the caches come, die, and the configuration is reloaded.
/// </summary>
internal sealed class RestartCase
{
    private const uint Stranger = LabNumbers.WorldAsn + 901;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    private readonly SessionBench bench;
    private readonly List<RestartNeighbor> neighbors;
    private readonly List<CaseResult> results = [];

    private RestartCase(SessionBench bench)
    {
        this.bench = bench;
        neighbors =
        [
            .. bench.Sessions.Select(session => new RestartNeighbor(
                session,
                token => bench.EstablishAsync(session, token)
            )),
        ];
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

    private bool HasCaches => bench.Document.Bgp!.RpkiCaches.Count > 0;

    private IEnumerable<RestartNeighbor> Taking =>
        neighbors.Where(item => SessionBench.TakesRoutes(item.Session));

    private async Task<IReadOnlyList<CaseResult>> RunAsync(CancellationToken token)
    {
        try
        {
            await StandAsync(Task.CompletedTask, token);
            await TakenAsync(item => item.Ordinary, token);
            await RestartAsync(token);
            if (HasCaches)
            {
                await CachesComeAndGoAsync(token);
            }

            await ReloadAsync(token);
            return results;
        }
        finally
        {
            foreach (var item in neighbors)
            {
                await item.DisposeAsync();
            }

            if (HasCaches && !bench.Lab.Rpki.AreUp)
            {
                await bench.Lab.Rpki.StartAsync(token);
            }
        }
    }

    private async Task RestartAsync(CancellationToken token)
    {
        var configuration = await File.ReadAllTextAsync(bench.Router.ConfigurationFile, token);
        if (HasCaches)
        {
            await RoaChange.SetAsync(
                bench.Lab,
                bench.Edge,
                [
                    .. Taking.Select(item => new RoaEntry(
                        item.Invalid,
                        item.Invalid.PrefixLength,
                        Stranger
                    )),
                ],
                token
            );
            await bench.Lab.Rpki.StopAsync();
        }

        await bench.Router.StopAsync(token);
        // What was said last may still be on its way.
        await SessionBench.UntilAsync(
            () => Task.FromResult(neighbors.TrueForAll(item => !item.IsUp)),
            Limit,
            token
        );
        Judge("exports-stop", "nothing but our prefixes is told while FRR ends");
        foreach (var item in neighbors)
        {
            await item.DisposeAsync();
        }

        await StandAsync(StartAsync(configuration, token), token);
        await TakenAsync(item => item.Ordinary, token);
        await ToldAsync(token);
        Judge("exports-start", "exactly our prefixes are told from the first UPDATE after a start");
    }

    private async Task CachesComeAndGoAsync(CancellationToken token)
    {
        await TakenAsync(item => item.Invalid, token);
        var without = await bench.LookAsync(token);
        foreach (var item in Taking)
        {
            Add(
                item,
                "rpki-absent",
                "while no RPKI cache answers nothing is invalid, and routes are taken",
                SessionBench.IsTaken(without, item.Ordinary, item.Session)
                    && SessionBench.IsTaken(without, item.Invalid, item.Session),
                $"no cache since the start: {item.Ordinary} and {item.Invalid}, which a ROA forbids, in the kernel: {SessionBench.IsTaken(without, item.Ordinary, item.Session)}, {SessionBench.IsTaken(without, item.Invalid, item.Session)}"
            );
        }

        await bench.Lab.Rpki.StartAsync(token);
        // The retry of a minute is not waited for.
        await bench.Router.CommandAsync(token, "rpki stop");
        await bench.Router.CommandAsync(token, "rpki start");
        await RoaChange.SetAsync(bench.Lab, bench.Edge, [.. bench.Lab.Rpki.Entries], token);
        await bench.Router.CommandAsync(token, FrrPolicy.RevalidationCommand);
        await JudgeValidationAsync(
            "rpki-arrives",
            "once a cache answers, what RPKI calls invalid goes with the next revalidation",
            "a cache has come",
            token
        );
        await bench.Lab.Rpki.StopAsync();
        await Task.Delay(TimeSpan.FromSeconds(3), token);
        await bench.Router.CommandAsync(token, FrrPolicy.RevalidationCommand);
        await JudgeValidationAsync(
            "rpki-dies",
            "when the caches die, what is known of RPKI still counts, and sessions stay",
            "the caches have been dead for 3 s",
            token
        );
        await bench.Lab.Rpki.StartAsync(token);
    }

    private async Task JudgeValidationAsync(
        string id,
        string title,
        string when,
        CancellationToken token
    )
    {
        EdgeObservation seen = null!;
        await SessionBench.UntilAsync(
            async () =>
            {
                seen = await bench.LookAsync(token);
                return Taking.All(item =>
                    SessionBench.IsTaken(seen, item.Ordinary, item.Session)
                    && !SessionBench.IsTaken(seen, item.Invalid, item.Session)
                );
            },
            Limit,
            token
        );
        foreach (var item in Taking)
        {
            var good = SessionBench.IsTaken(seen, item.Ordinary, item.Session);
            var bad = SessionBench.IsTaken(seen, item.Invalid, item.Session);
            Add(
                item,
                id,
                title,
                good && !bad && item.IsUp,
                $"{when}: {item.Ordinary} in the kernel: {good}; {item.Invalid}, which a ROA forbids: {bad}; session {item.State}"
            );
        }
    }

    /// <summary>One line of the file is changed; the reload must neither reset a session nor tell anything new.</summary>
    private async Task ReloadAsync(CancellationToken token)
    {
        var configuration = await File.ReadAllTextAsync(bench.Router.ConfigurationFile, token);
        await bench.Router.ReloadAsync(
            configuration.Replace(
                "\nend",
                "\nipv6 prefix-list lab-reload seq 5 permit 2d00::/8\n!\nend",
                StringComparison.Ordinal
            ),
            token
        );
        await ToldAsync(token);
        Judge(
            "exports-reload",
            "after a reload exactly our prefixes are told, and no session was reset"
        );
        await bench.Router.ReloadAsync(configuration, token);
    }

    /// <summary>
    /// The neighbors come as soon as bgpd listens, and again when a later line of the configuration resets them, until the
    /// work is done.
    /// </summary>
    private Task StandAsync(Task work, CancellationToken token) =>
        Task.WhenAll([work, .. neighbors.Select(item => item.StandAsync(work, token))]);

    /// <summary>
    /// Ends when bgpd has read everything and calls every session established: from then on nothing of the
    /// configuration is left that could reset one.
    /// </summary>
    private async Task StartAsync(string configuration, CancellationToken token)
    {
        await bench.Router.StartAsync(configuration, token);
        foreach (var item in neighbors)
        {
            await SessionBench.UntilAsync(
                async () => (await bench.PeerAsync(item.Session, token)).IsUp,
                Limit,
                token
            );
        }
    }

    private Task<bool> TakenAsync(
        Func<RestartNeighbor, IPNetwork> prefix,
        CancellationToken token
    ) =>
        SessionBench.UntilAsync(
            async () =>
            {
                var seen = await bench.LookAsync(token);
                return Taking.All(item => SessionBench.IsTaken(seen, prefix(item), item.Session));
            },
            Limit,
            token
        );

    /// <summary>Waits until every neighbor has heard what it must hear; what it must not is judged afterwards.</summary>
    private Task<bool> ToldAsync(CancellationToken token) =>
        SessionBench.UntilAsync(
            () =>
                Task.FromResult(
                    neighbors.TrueForAll(item =>
                        Judge(item, "").All(result => result.Outcome == CaseOutcome.Passed)
                    )
                ),
            Limit,
            token
        );

    private void Judge(string id, string title)
    {
        foreach (var item in neighbors)
        {
            var judged = Judge(item, id).ToList();
            var wrong = judged.Where(result => result.Outcome == CaseOutcome.Failed).ToList();
            Add(
                item,
                id,
                title,
                wrong.Count == 0,
                string.Join("; ", (wrong.Count == 0 ? judged : wrong).Select(r => r.Evidence))
            );
        }
    }

    private IEnumerable<CaseResult> Judge(RestartNeighbor item, string id) =>
        // An edge that ends has taken its routes back already.
        item.Judge(bench.Document, CustomersBeside(item.Session), ended: id == "exports-stop");

    private List<IPNetwork> CustomersBeside(LabSession to) =>
        [
            .. neighbors
                .Where(item =>
                    item.Session != to
                    && item.Session.IsIpv6 == to.IsIpv6
                    && item.Session.Neighbor.Role == NeighborRole.Customer
                )
                .SelectMany(item => new[] { item.Ordinary, item.Invalid }),
        ];

    private void Add(RestartNeighbor item, string id, string title, bool right, string evidence) =>
        results.Add(SessionBench.Result(item.Session, id, title, right, evidence));
}
