using System.Diagnostics;
using System.Globalization;
using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Sessions;
using Appliance.Lab;
using Appliance.Lab.Daemons;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Routes;

/// <summary>Neighbors of one edge that announce what they should and what they should not.</summary>
internal sealed class RouteRun
{
    private static readonly TimeSpan SessionLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    private readonly RunningLab lab;
    private readonly SessionBench bench;
    private readonly IReadOnlyList<RenderedRule> rules;
    private readonly List<RouteStand> stands;
    private readonly List<CaseResult> opening = [];

    public RouteRun(RunningLab lab, string edge)
    {
        this.lab = lab;
        bench = new SessionBench(lab, edge);
        rules = EdgeConfiguration.Rules(lab.Request, edge);
        stands =
        [
            .. bench.Sessions.Select(session => new RouteStand(
                session,
                ProbeCatalogue.Compose(session, bench.Document, rules, TransitOf(session))
            )),
        ];
    }

    /// <summary>The first one whose routes a neighbor could leak.</summary>
    private LabSession? TransitOf(LabSession session) =>
        bench.Sessions.FirstOrDefault(other =>
            other != session
            && other.IsIpv6 == session.IsIpv6
            && other.Neighbor.Role == NeighborRole.Transit
            && SessionBench.TakesRoutes(other)
        );

    /// <summary>Replaces the honest neighbors, and puts them back afterwards.</summary>
    public async Task<IReadOnlyList<CaseResult>> RunAsync(CancellationToken token)
    {
        await RoaChange.SetAsync(
            lab,
            bench.Edge,
            [.. stands.SelectMany(stand => stand.Catalogue.RoaEntries)],
            token
        );
        var sessions = bench.Sessions.ToList();
        return await SessionRun.WithoutHonestAsync(
            bench,
            sessions,
            async () =>
            {
                try
                {
                    return await MisbehaveAsync(token);
                }
                finally
                {
                    foreach (
                        var speaker in stands.Select(stand => stand.Speaker).OfType<BgpSpeaker>()
                    )
                    {
                        await speaker.DisposeAsync();
                    }
                }
            },
            token
        );
    }

    private async Task<IReadOnlyList<CaseResult>> MisbehaveAsync(CancellationToken token)
    {
        foreach (var stand in stands)
        {
            await OpenAsync(stand, token);
        }

        stands.RemoveAll(stand => stand.Speaker is null);
        await ByHandAsync("", token);
        try
        {
            await AnnounceAsync(stand => stand.Catalogue.Probes, token);
            var results = await SettleAsync(AllAsync, token);
            await AnnounceAsync(stand => stand.Catalogue.Later, token);
            var later = await SettleAsync(LaterAsync, token);
            return [.. opening, .. results, .. later];
        }
        finally
        {
            await ByHandAsync("no ", token);
        }
    }

    private async Task OpenAsync(RouteStand stand, CancellationToken token)
    {
        var session = stand.Session;
        try
        {
            stand.Speaker = await BgpSpeaker.EstablishAsync(
                Impostor.Options(lab, session),
                SessionLimit,
                token
            );
        }
        catch (LabException exception) when (exception.Fault == LabFault.Failed)
        {
            opening.Add(
                SessionBench.Result(
                    session,
                    "session-opens",
                    "the neighbor gets its session",
                    false,
                    exception.Message
                )
            );
            return;
        }

        var told = stand.Speaker.PeerOpen.Capabilities.FirstOrDefault(item =>
            item is { Code: BgpCapability.Role, Value.Length: 1 }
        );
        var expected = Impostor.EdgeRoleOf(session.Neighbor.Role);
        opening.Add(
            SessionBench.Result(
                session,
                "role-told",
                $"the edge says that it is the neighbor's {expected} (RFC 9234)",
                told is not null && (BgpRole)told.Value[0] == expected,
                $"OPEN: {(told is null ? "no role" : $"role {(BgpRole)told.Value[0]}")}"
            )
        );
    }

    private async Task AnnounceAsync(
        Func<RouteStand, IReadOnlyList<RouteProbe>> probes,
        CancellationToken token
    )
    {
        var updates = await UpdatesAsync(token);
        foreach (var stand in stands)
        {
            stand.Before = updates[stand.Session];
            stand.Sent = probes(stand).Count;
            foreach (var probe in probes(stand))
            {
                await stand.Speaker!.AnnounceAsync(probe.Announcement, token);
            }
        }
    }

    /// <summary>Static routes that a person might add, and that are nobody's business.</summary>
    private async Task ByHandAsync(string no, CancellationToken token)
    {
        if (bench.Document.Bgp!.Neighbors.All(item => item.BlackholeCommunity is null))
        {
            return;
        }

        await bench.Router.ApplyAsync(
            [
                .. bench
                    .Document.Prefixes.Select(IPNetwork.Parse)
                    .Select(prefix =>
                        prefix.BaseAddress.AddressFamily
                        == System.Net.Sockets.AddressFamily.InterNetworkV6
                            ? $"{no}ipv6 route {LastHost(prefix)}/128 blackhole"
                            : $"{no}ip route {LastHost(prefix)}/32 blackhole"
                    ),
            ],
            token
        );
    }

    private static IPAddress LastHost(IPNetwork prefix)
    {
        var bytes = prefix.BaseAddress.GetAddressBytes();
        for (var bit = prefix.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        return new(bytes);
    }

    /// <summary>Looks until everything is as it should be, or long enough.</summary>
    private static async Task<IReadOnlyList<CaseResult>> SettleAsync(
        Func<CancellationToken, Task<List<CaseResult>>> judge,
        CancellationToken token
    )
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            await Task.Delay(BetweenLooks, token);
            var results = await judge(token);
            if (
                results.All(result => result.Outcome != CaseOutcome.Failed)
                || clock.Elapsed > SettleLimit
            )
            {
                return results;
            }
        }
    }

    private async Task<List<CaseResult>> AllAsync(CancellationToken token)
    {
        var seen = await bench.LookAsync(token);
        var updates = await UpdatesAsync(token);
        return
        [
            .. stands.SelectMany(stand =>
                stand.Catalogue.Probes.Select(probe =>
                    ProbeJudge.Judge(stand, probe, seen, updates[stand.Session])
                )
            ),
            .. await new MarkJudge(bench, rules).JudgeAsync(
                [
                    .. stands.SelectMany(stand =>
                        stand
                            .Catalogue.Probes.Where(probe => probe.Marked)
                            .Select(probe => (stand.Session, probe))
                    ),
                ],
                token
            ),
            .. stands.SelectMany(stand => ProbeJudge.Treatment(stand, seen)),
            .. stands.SelectMany(stand =>
                new ExportJudge(
                    bench.Document,
                    stand.Session,
                    OfCustomers(stand.Session, dropped: false),
                    OfCustomers(stand.Session, dropped: true)
                ).All(stand.Speaker!.Heard, MostTold(stand.Session))
            ),
            .. stands.Select(ProbeJudge.StillUp),
        ];
    }

    private async Task<List<CaseResult>> LaterAsync(CancellationToken token)
    {
        var seen = await bench.LookAsync(token);
        var updates = await UpdatesAsync(token);
        return
        [
            .. stands.SelectMany(stand =>
                stand.Catalogue.Later.Select(probe =>
                    ProbeJudge.Judge(stand, probe, seen, updates[stand.Session])
                )
            ),
        ];
    }

    private int? MostTold(LabSession session) =>
        rules.FirstOrDefault(rule =>
            rule.Rule == PolicyRules.MaximumPrefixOut && rule.Subject == session.Neighbor.Name
        )
            is { } found
            ? int.Parse(found.Lines[^1].Split(' ')[^1], CultureInfo.InvariantCulture)
            : null;

    /// <summary>UPDATEs that bgpd has read from each neighbor since it started.</summary>
    private async Task<Dictionary<LabSession, int>> UpdatesAsync(CancellationToken token)
    {
        var answer = (await bench.Router.ShowAsync(["show bgp neighbors json"], token))[0];
        return stands.ToDictionary(
            stand => stand.Session,
            stand =>
                answer.TryGetProperty(stand.Session.UpstreamAddress.ToString(), out var peer)
                    ? peer.GetProperty("messageStats").GetProperty("updatesRecv").GetInt32()
                    : 0
        );
    }

    /// <summary>What the edge has taken from the other customers of the family: routes, or requests to drop.</summary>
    private List<IPNetwork> OfCustomers(LabSession to, bool dropped) =>
        [
            .. stands
                .Where(stand =>
                    stand.Session != to
                    && stand.Session.IsIpv6 == to.IsIpv6
                    && stand.Session.Neighbor.Role == NeighborRole.Customer
                )
                .SelectMany(stand => stand.Catalogue.Probes)
                .Where(probe => probe.Taken && probe.Dropped == dropped)
                .Select(probe => probe.Announcement.Prefix),
        ];
}
