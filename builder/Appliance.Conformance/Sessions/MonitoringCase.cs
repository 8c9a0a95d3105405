using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// What the BMP station of the network file hears of an edge: who it is, which sessions come up and why they end, and what
/// neighbors say before any policy has looked at it.
/// </summary>
internal sealed class MonitoringCase(SessionBench bench, StationEar ear)
{
    private const string Introduction = "the edge introduces itself to the monitoring station";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <summary>For what an older FRR does not do.</summary>
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
        bench.Document.Bgp?.Bmp is not { } told ? []
        : StationEar.Of(bench, told) is { } ear
            ? await new MonitoringCase(bench, ear).HearAsync(token)
        :
        [
            new(
                bench.Edge,
                "bmp",
                Introduction,
                CaseOutcome.Skipped,
                $"the FRR of {bench.Edge} has no BMP module, so {told.Host} port {told.Port} is told nothing"
            ),
        ];

    private async Task<IReadOnlyList<CaseResult>> HearAsync(CancellationToken token)
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
        var isThere = await ear.IsThereAsync(token);
        var heard = ear.Heard;
        var said = heard?.Initiation;
        var isFrr =
            ear.FrrVersion is null
            || said?.Description?.Contains(ear.FrrVersion, StringComparison.Ordinal) == true;
        return new(
            bench.Edge,
            "bmp",
            Introduction,
            isThere && isFrr ? CaseOutcome.Passed : CaseOutcome.Failed,
            said is null
                ? $"{ear.Station} has heard nothing of {bench.Edge}{(heard?.Ending is { } how ? $": {how}" : "")}"
                : $"{ear.Station} has heard of {heard!.Router}: sysDescr \"{said.Description}\", sysName \"{said.Name}\"; {heard.Ending ?? "connected"}"
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
                var before = ear.Told(session);
                var neighbor = await OpenAsync(session, token);
                neighbors.Add(neighbor);
                await UntilAsync(() => ear.Told(session).Ups > before.Ups, token);
                results.Add(neighbor.JudgeUp(before));
            }

            results.AddRange(await RoutesAsync(neighbors, token));
            foreach (var neighbor in neighbors)
            {
                var before = ear.Told(neighbor.Session);
                await neighbor.Speaker.SendAsync(Farewell.ToMessage(), token);
                await UntilAsync(() => ear.Told(neighbor.Session).Downs > before.Downs, token);
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
            ear,
            session,
            await bench.EstablishAsync(session, token),
            bench.OurPrefixes.First(prefix =>
                prefix.BaseAddress.AddressFamily == session.UpstreamAddress.AddressFamily
            ),
            ProbeSpace.Last(Bogon(session), session.Number)
        );

    /// <summary>0.0.0.0/8 is refused by more than the policy.</summary>
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
            await ear.AskAgainAsync(token);
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
