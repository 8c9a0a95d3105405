using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Appliance.Lab.Bgp;
using Appliance.Lab.Rpki;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Matrix;

/// <summary>
/// The misbehaving matrix. Every neighbor is replaced by a speaker of ours that announces what it should and what it should
/// not; then the edge's tables, the kernel's, and all that the edge tells its neighbors are looked at.
/// </summary>
public sealed class MatrixRun(RunningLab lab)
{
    private static readonly TimeSpan SessionLimit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan SettleLimit = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs all cases.</summary>
    /// <exception cref="LabException">The lab itself failed, not the edge.</exception>
    public async Task<IReadOnlyList<CaseResult>> RunAsync(
        IProgress<string>? progress,
        CancellationToken token
    )
    {
        var results = new List<CaseResult>();
        progress?.Report("honest neighbors");
        results.AddRange(await HonestAsync(token));
        foreach (var (edge, _) in lab.Routers)
        {
            progress?.Report($"neighbors of {edge} that misbehave");
            results.AddRange(await EdgeAsync(edge, token));
        }

        foreach (var site in lab.Plan.Nodes.Where(node => node.IsVirtualMachine))
        {
            results.Add(
                new(
                    site.Name,
                    "virtual-machine",
                    "the matrix on a virtual machine",
                    CaseOutcome.Skipped,
                    "bgpd of a virtual machine cannot be asked"
                )
            );
        }

        return results;
    }

    /// <summary>Sessions with real daemons come up, or stay down where the file says so.</summary>
    private async Task<IReadOnlyList<CaseResult>> HonestAsync(CancellationToken token)
    {
        var states = await lab.WaitForSessionsAsync(SessionLimit, token);
        return
        [
            .. states.Select(state => new CaseResult(
                state.Session.Title,
                "session",
                state.Session.IsShutDown
                    ? "a session that is switched off stays down"
                    : $"a session with {lab.Request.SpeakerOf(state.Session.Upstream)} comes up",
                state.IsUp != state.Session.IsShutDown ? CaseOutcome.Passed : CaseOutcome.Failed,
                $"bgpd: state {state}"
            )),
        ];
    }

    private async Task<IReadOnlyList<CaseResult>> EdgeAsync(string edge, CancellationToken token)
    {
        var document = lab.Plan.Document(edge);
        var rules = EdgeConfiguration.Rules(lab.Request, edge);
        var sessions = lab
            .Plan.Sessions.Where(session => session.Edge == edge && !session.IsShutDown)
            .Select(session =>
                (Session: session, Catalogue: new ProbeCatalogue(session, document, rules))
            )
            .ToList();
        await SetRoasAsync(
            edge,
            [.. sessions.SelectMany(item => item.Catalogue.RoaEntries)],
            token
        );
        var speakers = new Dictionary<LabSession, BgpSpeaker>();
        try
        {
            foreach (var (session, _) in sessions)
            {
                await lab.StopUpstreamAsync(session.Upstream);
                speakers[session] = await BgpSpeaker.EstablishAsync(
                    Options(session),
                    SessionLimit,
                    token
                );
            }

            var before = await UpdatesAsync(edge, sessions.Select(item => item.Session), token);
            foreach (var (session, catalogue) in sessions)
            {
                foreach (var probe in catalogue.Probes)
                {
                    await speakers[session].AnnounceAsync(probe.Announcement, token);
                }
            }

            return await JudgeAsync(edge, document, sessions, speakers, before, token);
        }
        finally
        {
            foreach (var speaker in speakers.Values)
            {
                await speaker.DisposeAsync();
            }

            foreach (var (session, _) in sessions)
            {
                await lab.StartUpstreamAsync(session.Upstream, token);
            }
        }
    }

    /// <summary>Looks until everything is as it should be, or long enough.</summary>
    private async Task<IReadOnlyList<CaseResult>> JudgeAsync(
        string edge,
        SiteDocument document,
        List<(LabSession Session, ProbeCatalogue Catalogue)> sessions,
        Dictionary<LabSession, BgpSpeaker> speakers,
        Dictionary<LabSession, int> before,
        CancellationToken token
    )
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            await Task.Delay(BetweenLooks, token);
            var observation = await EdgeObservation.TakeAsync(
                lab.Routers[edge],
                lab.Ip,
                lab.Plan.Node(edge).Namespace,
                token
            );
            var now = await UpdatesAsync(edge, sessions.Select(item => item.Session), token);
            List<CaseResult> results =
            [
                .. sessions.SelectMany(item =>
                    item.Catalogue.Probes.Select(probe =>
                        Judge(
                            item.Session,
                            probe,
                            observation,
                            (now[item.Session] - before[item.Session], item.Catalogue.Probes.Count)
                        )
                    )
                ),
                .. await MarksAsync(edge, document, sessions, token),
                .. sessions.Select(item =>
                    ExportJudge.Judge(
                        document,
                        item.Session,
                        speakers[item.Session].Heard,
                        CustomerRoutes(sessions, item.Session)
                    )
                ),
                .. sessions.Select(item => StillUp(item.Session, speakers[item.Session])),
                .. sessions
                    .Where(item => !item.Session.IsIpv6)
                    .Select(item => AsSetOfIpv4(item.Session)),
            ];
            if (
                results.All(result => result.Outcome != CaseOutcome.Failed)
                || clock.Elapsed > SettleLimit
            )
            {
                return results;
            }
        }
    }

    private static CaseResult Judge(
        LabSession session,
        RouteProbe probe,
        EdgeObservation observation,
        (int Updates, int Sent) received
    )
    {
        var prefix = probe.Announcement.Prefix;
        var path = observation.Rib(prefix, session.UpstreamAddress);
        var kernel = observation.Kernel(prefix);
        var heard = received.Updates >= received.Sent;
        var right = probe.Taken
            ? path is { Valid: true } && kernel.Count > 0
            : path is null && !kernel.Any(route => route.Device == session.EdgeDevice);
        var rib = path is null
            ? "no path in \"show bgp json\""
            : $"path \"{path.Path}\" via {path.NextHop}, valid {path.Valid}";
        return new(
            session.Title,
            probe.Id,
            $"{probe.Title} is {(probe.Taken ? "taken" : "refused")}",
            right && heard ? CaseOutcome.Passed : CaseOutcome.Failed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{prefix}: {rib}; kernel: {(kernel.Count == 0 ? "no route" : string.Join(", ", kernel))}; updatesRecv {received.Updates} of {received.Sent}"
            )
        );
    }

    /// <summary>Marks of ours are taken off, and ours put on.</summary>
    private async Task<IReadOnlyList<CaseResult>> MarksAsync(
        string edge,
        SiteDocument document,
        IReadOnlyList<(LabSession Session, ProbeCatalogue Catalogue)> sessions,
        CancellationToken token
    )
    {
        var marked = sessions
            .SelectMany(item =>
                item.Catalogue.Probes.Where(probe => probe.Id == ProbeCatalogue.MarksId)
                    .Select(probe => (item.Session, probe.Announcement.Prefix))
            )
            .ToList();
        if (marked.Count == 0)
        {
            return [];
        }

        var answers = await lab.Routers[edge]
            .ShowAsync(
                token,
                [
                    .. marked.Select(item =>
                        $"show bgp {(item.Session.IsIpv6 ? "ipv6" : "ipv4")} unicast {item.Prefix} json"
                    ),
                ]
            );
        return
        [
            .. marked.Select(
                (item, i) =>
                {
                    var text = answers[i].GetRawText();
                    var asn = document.Asn.ToString(CultureInfo.InvariantCulture);
                    var foreign = text.Contains($"{asn}:9:9", StringComparison.Ordinal);
                    var ours = text.Contains(
                        $"{asn}:2:{item.Session.Neighbor.Asn}",
                        StringComparison.Ordinal
                    );
                    return new CaseResult(
                        item.Session.Title,
                        "marks-replaced",
                        "marks of ours that a neighbor wrote are taken off, and ours are put on",
                        !foreign && ours ? CaseOutcome.Passed : CaseOutcome.Failed,
                        $"{item.Prefix} largeCommunity {Large(answers[i])}"
                    );
                }
            ),
        ];
    }

    private static string Large(JsonElement answer) =>
        answer.TryGetProperty("paths", out var paths)
        && paths.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } path
        && path.TryGetProperty("largeCommunity", out var communities)
        && communities.TryGetProperty("string", out var text)
            ? text.GetString()!
            : "none";

    private static CaseResult AsSetOfIpv4(LabSession session) =>
        new(
            session.Title,
            "as-set",
            "an aggregate that hides its origin in an AS_SET is refused",
            CaseOutcome.Skipped,
            "FRR 8.4.4 ends an IPv4 session that sends one (NOTIFICATION 3/10), which would end the other cases with it"
        );

    private static CaseResult StillUp(LabSession session, BgpSpeaker speaker) =>
        new(
            session.Title,
            "session-survives",
            "the session survives all of this",
            speaker.IsClosed ? CaseOutcome.Failed : CaseOutcome.Passed,
            speaker.Heard.Ending ?? "established"
        );

    /// <summary>UPDATEs that bgpd has read from each neighbor since it started.</summary>
    private async Task<Dictionary<LabSession, int>> UpdatesAsync(
        string edge,
        IEnumerable<LabSession> sessions,
        CancellationToken token
    )
    {
        var answer = (await lab.Routers[edge].ShowAsync(token, "show bgp neighbors json"))[0];
        return sessions.ToDictionary(
            session => session,
            session =>
                answer.TryGetProperty(session.UpstreamAddress.ToString(), out var peer)
                    ? peer.GetProperty("messageStats").GetProperty("updatesRecv").GetInt32()
                    : 0
        );
    }

    private static List<IPNetwork> CustomerRoutes(
        IReadOnlyList<(LabSession Session, ProbeCatalogue Catalogue)> sessions,
        LabSession to
    ) =>
        [
            .. sessions
                .Where(item =>
                    item.Session != to
                    && item.Session.IsIpv6 == to.IsIpv6
                    && item.Session.Neighbor.Role == NeighborRole.Customer
                )
                .SelectMany(item => item.Catalogue.Probes)
                .Where(probe => probe.Taken)
                .Select(probe => probe.Announcement.Prefix),
        ];

    /// <summary>Sets the ROAs and waits until the edge knows them.</summary>
    private async Task SetRoasAsync(
        string edge,
        IReadOnlyList<RoaEntry> roas,
        CancellationToken token
    )
    {
        if (roas.Count == 0)
        {
            return;
        }

        await lab.Rpki.SetAsync([.. lab.Rpki.Entries, .. roas], token);
        var last = roas[^1].Prefix.BaseAddress.ToString();
        var clock = Stopwatch.StartNew();
        while (
            !(await lab.Routers[edge].CommandAsync(token, "show rpki prefix-table")).Contains(
                last,
                StringComparison.Ordinal
            )
        )
        {
            if (clock.Elapsed > SessionLimit)
            {
                throw new LabException(
                    LabFault.Failed,
                    $"{edge} did not learn of changed ROAs within {SessionLimit.TotalSeconds:0} s"
                );
            }

            await Task.Delay(BetweenLooks, token);
        }
    }

    private BgpSpeakerOptions Options(LabSession session) =>
        new()
        {
            Inside = lab.Namespace(session.Upstream),
            Local = session.UpstreamAddress,
            Peer = session.EdgeAddress,
            Asn = session.Neighbor.Asn,
            RouterId = LabNumbers.Cable4(session.Number).Second,
            Families = [session.IsIpv6 ? RouteFamily.Ipv6 : RouteFamily.Ipv4],
            HopLimit = session.Neighbor.Session.TtlSecurity ? 255 : 1,
            Password = session.Neighbor.PasswordSecret is { } name
                ? lab.Request.Secrets.Find(name)
                : null,
            Role = session.Neighbor.Role switch
            {
                NeighborRole.Peer => BgpRole.Peer,
                NeighborRole.RouteServer => BgpRole.RouteServer,
                NeighborRole.Customer => BgpRole.Customer,
                _ => BgpRole.Provider,
            },
        };
}
