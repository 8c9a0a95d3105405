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

/// <summary>The cases about routes: neighbors of one edge that announce valid and invalid routes.</summary>
internal sealed class RouteRun
{
    private static readonly TimeSpan SessionLimit = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    private readonly RunningLab lab;
    private readonly SessionBench bench;
    private readonly IReadOnlyList<RenderedRule> rules;
    private readonly List<ProbedSession> probed;
    private readonly List<CaseResult> opening = [];

    public RouteRun(RunningLab lab, string edge)
    {
        this.lab = lab;
        bench = new SessionBench(lab, edge);
        rules = EdgeConfiguration.Rules(lab.Request, edge);
        probed =
        [
            .. bench.Sessions.Select(session => new ProbedSession(
                session,
                ProbeCatalogue.Compose(session, bench.Document, rules, TransitOf(session))
            )),
        ];
    }

    /// <summary>Returns the first session whose routes a neighbor could leak.</summary>
    private LabSession? TransitOf(LabSession session) =>
        bench.Sessions.FirstOrDefault(other =>
            other != session
            && other.IsIpv6 == session.IsIpv6
            && other.Neighbor.Role == NeighborRole.Transit
            && SessionBench.AcceptsRoutes(other)
        );

    /// <summary>Replaces the honest neighbors while the cases run.</summary>
    public async Task<IReadOnlyList<CaseResult>> RunAsync(CancellationToken token)
    {
        await RoaChange.SetAsync(
            lab,
            bench.Edge,
            [.. probed.SelectMany(one => one.Catalogue.RoaEntries)],
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
                    foreach (var speaker in probed.Select(one => one.Speaker).OfType<BgpSpeaker>())
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
        foreach (var one in probed)
        {
            await OpenAsync(one, token);
        }

        probed.RemoveAll(one => one.Speaker is null);
        await ByHandAsync("", token);
        try
        {
            await AnnounceAsync(one => one.Catalogue.Probes, token);
            var results = await SettleAsync(AllAsync, token);
            await AnnounceAsync(one => one.Catalogue.Later, token);
            var later = await SettleAsync(LaterAsync, token);
            return [.. opening, .. results, .. later];
        }
        finally
        {
            await ByHandAsync("no ", token);
        }
    }

    private async Task OpenAsync(ProbedSession one, CancellationToken token)
    {
        var session = one.Session;
        try
        {
            one.Speaker = await BgpSpeaker.EstablishAsync(
                NeighborSpeaker.Options(lab, session),
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
                    "the neighbor's session comes up",
                    false,
                    exception.Message
                )
            );
            return;
        }

        var capability = one.Speaker.PeerOpen.Capabilities.FirstOrDefault(item =>
            item is { Code: BgpCapability.Role, Value.Length: 1 }
        );
        var expected = NeighborSpeaker.EdgeRoleOf(session.Neighbor.Role);
        opening.Add(
            SessionBench.Result(
                session,
                "role-told",
                $"the edge announces the role {expected} (RFC 9234)",
                capability is not null && (BgpRole)capability.Value[0] == expected,
                $"OPEN: {(capability is null ? "no role" : $"role {(BgpRole)capability.Value[0]}")}"
            )
        );
    }

    private async Task AnnounceAsync(
        Func<ProbedSession, IReadOnlyList<RouteProbe>> probes,
        CancellationToken token
    )
    {
        var updates = await UpdatesAsync(token);
        foreach (var one in probed)
        {
            one.Before = updates[one.Session];
            one.Sent = probes(one).Count;
            foreach (var probe in probes(one))
            {
                await one.Speaker!.AnnounceAsync(probe.Announcement, token);
            }
        }
    }

    /// <summary>Static routes that an operator might add, and that must not be advertised.</summary>
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

    /// <summary>Polls until every case passes, or the time limit is reached.</summary>
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
            .. probed.SelectMany(one =>
                one.Catalogue.Probes.Select(probe =>
                    ProbeJudge.Judge(one, probe, seen, updates[one.Session])
                )
            ),
            .. await new CommunityJudge(bench, rules).JudgeAsync(
                [
                    .. probed.SelectMany(one =>
                        one.Catalogue.Probes.Where(probe => probe.Marked)
                            .Select(probe => (one.Session, probe))
                    ),
                ],
                token
            ),
            .. probed.SelectMany(one => ProbeJudge.Treatment(one, seen)),
            .. probed.SelectMany(one =>
                new ExportJudge(
                    bench.Document,
                    one.Session,
                    OfCustomers(one.Session, dropped: false),
                    OfCustomers(one.Session, dropped: true)
                ).All(one.Speaker!.Log, MostAdvertised(one.Session))
            ),
            .. probed.Select(ProbeJudge.StillUp),
        ];
    }

    private async Task<List<CaseResult>> LaterAsync(CancellationToken token)
    {
        var seen = await bench.LookAsync(token);
        var updates = await UpdatesAsync(token);
        return
        [
            .. probed.SelectMany(one =>
                one.Catalogue.Later.Select(probe =>
                    ProbeJudge.Judge(one, probe, seen, updates[one.Session])
                )
            ),
        ];
    }

    private int? MostAdvertised(LabSession session) =>
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
        return probed.ToDictionary(
            one => one.Session,
            one =>
                answer.TryGetProperty(one.Session.UpstreamAddress.ToString(), out var peer)
                    ? peer.GetProperty("messageStats").GetProperty("updatesRecv").GetInt32()
                    : 0
        );
    }

    /// <summary>Accepted routes or blackhole requests of the other customers of the family.</summary>
    private List<IPNetwork> OfCustomers(LabSession to, bool dropped) =>
        [
            .. probed
                .Where(one =>
                    one.Session != to
                    && one.Session.IsIpv6 == to.IsIpv6
                    && one.Session.Neighbor.Role == NeighborRole.Customer
                )
                .SelectMany(one => one.Catalogue.Probes)
                .Where(probe => probe.Accepted && probe.Dropped == dropped)
                .Select(probe => probe.Announcement.Prefix),
        ];
}
