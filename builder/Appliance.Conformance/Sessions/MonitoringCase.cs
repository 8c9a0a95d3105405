using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// What the BMP station of the network file receives from an edge: its Initiation, which sessions come up and why they
/// end, and the neighbors' routes before any policy.
/// </summary>
internal sealed class MonitoringCase(SessionBench bench, BmpObserver observer)
{
    private const string Introduction = "the edge sends an Initiation to the BMP station";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>Limit for what older releases of FRR do not send.</summary>
    private static readonly TimeSpan AtOnceLimit = TimeSpan.FromSeconds(4);

    /// <summary>Administrative shutdown (RFC 4486).</summary>
    private static readonly BgpNotification Farewell = new(6, 2);

    private readonly IReadOnlyList<RenderedRule> rules = EdgeConfiguration.Rules(
        bench.Lab.Request,
        bench.Edge
    );

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    ) =>
        bench.Document.Bgp?.Bmp is not { } configured ? []
        : BmpObserver.Of(bench, configured) is { } observer
            ? await new MonitoringCase(bench, observer).ObserveAsync(token)
        :
        [
            new(
                bench.Edge,
                "bmp",
                Introduction,
                CaseOutcome.Skipped,
                $"the FRR of {bench.Edge} has no BMP module, so {configured.Host} port {configured.Port} receives nothing"
            ),
        ];

    private async Task<IReadOnlyList<CaseResult>> ObserveAsync(CancellationToken token)
    {
        var introduced = await IntroducedAsync(token);
        return introduced.Outcome != CaseOutcome.Passed
            ? [introduced]
            :
            [
                introduced,
                .. await SessionRun.WithoutHonestAsync(
                    bench,
                    bench.Sessions,
                    () => NeighborsAsync(token),
                    token
                ),
            ];
    }

    private async Task<CaseResult> IntroducedAsync(CancellationToken token)
    {
        var isThere = await observer.WaitForInitiationAsync(token);
        var state = observer.State;
        var said = state?.Initiation;
        var isFrr =
            observer.FrrVersion is null
            || said?.Description?.Contains(observer.FrrVersion, StringComparison.Ordinal) == true;
        return new(
            bench.Edge,
            "bmp",
            Introduction,
            isThere && isFrr ? CaseOutcome.Passed : CaseOutcome.Failed,
            said is null
                ? $"{observer.Station} has received nothing from {bench.Edge}{(state?.Ending is { } how ? $": {how}" : "")}"
                : $"{observer.Station} has an Initiation from {state!.Router}: sysDescr \"{said.Description}\", sysName \"{said.Name}\"; {state.Ending ?? "connected"}"
        );
    }

    private async Task<IReadOnlyList<CaseResult>> NeighborsAsync(CancellationToken token)
    {
        var results = new List<CaseResult>();
        var neighbors = new List<MonitoredNeighbor>();
        try
        {
            foreach (var session in bench.Sessions)
            {
                var before = observer.Session(session);
                var neighbor = await OpenAsync(session, token);
                neighbors.Add(neighbor);
                await UntilAsync(() => observer.Session(session).Ups > before.Ups, token);
                results.Add(neighbor.JudgeUp(before));
            }

            results.AddRange(await RoutesAsync(neighbors, token));
            foreach (var neighbor in neighbors)
            {
                var before = observer.Session(neighbor.Session);
                await neighbor.Speaker.SendAsync(Farewell.ToMessage(), token);
                await UntilAsync(
                    () => observer.Session(neighbor.Session).Downs > before.Downs,
                    token
                );
                results.Add(neighbor.JudgeDown(before, Farewell));
            }
        }
        finally
        {
            foreach (var neighbor in neighbors)
            {
                await neighbor.Speaker.DisposeAsync();
            }
        }

        return results;
    }

    private async Task<MonitoredNeighbor> OpenAsync(LabSession session, CancellationToken token) =>
        new(
            observer,
            session,
            await bench.EstablishAsync(session, token),
            bench.OurPrefixes.First(prefix =>
                prefix.BaseAddress.AddressFamily == session.UpstreamAddress.AddressFamily
            ),
            ProbeSpace.Last(Bogon(session), session.Number)
        );

    /// <summary>0.0.0.0/8 is rejected by bgpd itself, too.</summary>
    private IPNetwork Bogon(LabSession session) =>
        new PrefixProbes(session, bench.Document, rules)
            .All()
            .First(probe =>
                probe.Id.StartsWith("bogon-", StringComparison.Ordinal)
                && !probe.Prefix.BaseAddress.Equals(IPAddress.Any)
            )
            .Prefix;

    private async Task<IReadOnlyList<CaseResult>> RoutesAsync(
        List<MonitoredNeighbor> neighbors,
        CancellationToken token
    )
    {
        foreach (var neighbor in neighbors)
        {
            await neighbor.AnnounceAsync(token);
        }

        var seen = await SettleAsync(neighbors, AtOnceLimit, token);
        neighbors.ForEach(neighbor => neighbor.RememberAtOnce());
        if (!neighbors.TrueForAll(neighbor => neighbor.IsSettled(seen)))
        {
            await observer.ReconnectAsync(token);
            seen = await SettleAsync(neighbors, Limit, token);
        }

        return [.. neighbors.Select(neighbor => neighbor.JudgeRoutes(seen))];
    }

    private async Task<EdgeObservation> SettleAsync(
        List<MonitoredNeighbor> neighbors,
        TimeSpan limit,
        CancellationToken token
    )
    {
        EdgeObservation seen = null!;
        await bench.WaitAsync(
            async () =>
            {
                seen = await bench.LookAsync(token);
                return neighbors.TrueForAll(neighbor => neighbor.IsSettled(seen));
            },
            limit,
            token
        );
        return seen;
    }

    private Task<bool> UntilAsync(Func<bool> condition, CancellationToken token) =>
        bench.WaitAsync(() => Task.FromResult(condition()), Limit, token);
}
