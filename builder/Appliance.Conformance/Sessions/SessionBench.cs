using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Bmp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Daemons;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Sessions;

/// <summary>The bench of a case about sessions: an edge, its neighbors, and queries to both.</summary>
internal sealed class SessionBench(RunningLab lab, string edge)
{
    /// <summary>The BMP stations that listen; null where no case needs them.</summary>
    public BmpStations? Stations { get; init; }

    public static TimeSpan SessionLimit { get; } = TimeSpan.FromSeconds(30);

    public static TimeSpan BetweenLooks { get; } = TimeSpan.FromMilliseconds(250);

    public RunningLab Lab => lab;

    public string Edge => edge;

    public IEdgeRouter Router => lab.Routers[edge];

    public SiteDocument Document { get; } = lab.Plan.Document(edge);

    public IReadOnlyList<IPNetwork> OurPrefixes { get; } =
    [.. lab.Plan.Document(edge).Prefixes.Select(IPNetwork.Parse)];

    /// <summary>The edge's sessions that are not shut down.</summary>
    public IReadOnlyList<LabSession> Sessions { get; } =
    [.. lab.Plan.Sessions.Where(session => session.Edge == edge && !session.IsShutDown)];

    /// <summary>The session of a case that needs just one: the first that carries routes.</summary>
    public LabSession? Victim => Sessions.FirstOrDefault(AcceptsRoutes);

    public static bool AcceptsRoutes(LabSession session) =>
        session.Neighbor.Import is ImportMode.Full or ImportMode.Partial;

    /// <summary>Connects one of our speakers in the place of a neighbor.</summary>
    /// <exception cref="LabException">The edge did not accept it.</exception>
    public Task<BgpSpeaker> EstablishAsync(LabSession session, CancellationToken token) =>
        EstablishAsync(NeighborSpeaker.Options(lab, session), token);

    /// <inheritdoc cref="EstablishAsync(LabSession, CancellationToken)"/>
    public Task<BgpSpeaker> EstablishAsync(BgpSpeakerOptions options, CancellationToken token) =>
        BgpSpeaker.EstablishAsync(options, Timeout(SessionLimit), token);

    /// <summary>Queries bgpd for the state of a neighbor.</summary>
    public async Task<PeerState> PeerAsync(LabSession session, CancellationToken token)
    {
        var answers = await Router.ShowAsync(
            [
                $"show bgp {Family(session)} unicast summary json",
                $"show bgp neighbors {session.UpstreamAddress} json",
            ],
            token
        );
        return PeerState.Read(answers[0], answers[1], session.UpstreamAddress);
    }

    /// <summary>Queries bgpd for the state of all sessions; before it has read its configuration it has none.</summary>
    public Task<IReadOnlyList<SessionState>> StatesAsync(CancellationToken token) =>
        SessionState.OfEdgeAsync(lab.Plan, edge, Router, token);

    /// <summary>Queries bfdd for the status of a neighbor: "up", "down".</summary>
    public async Task<string> DetectionAsync(LabSession session, CancellationToken token)
    {
        if (await Router.ProcessIdAsync(FrrDaemon.Bfd, token) is null)
        {
            return "no bfdd";
        }

        var answer = (await Router.ShowAsync(["show bfd peers json"], token))[0];
        var peers = answer.ValueKind == JsonValueKind.Array ? answer.EnumerateArray().ToList() : [];
        return peers
                .Where(peer =>
                    peer.GetProperty("peer").GetString() == session.UpstreamAddress.ToString()
                )
                .Select(peer => peer.GetProperty("status").GetString())
                .FirstOrDefault()
            ?? "no peer";
    }

    /// <summary>Observes the routes of the edge's kernel and of bgpd.</summary>
    public Task<EdgeObservation> LookAsync(CancellationToken token) =>
        EdgeObservation.TakeAsync(Router, token);

    /// <summary>The neighbor's route is valid in bgpd, and the kernel has one to the prefix on the session's device.</summary>
    public static bool IsAccepted(EdgeObservation seen, IPNetwork prefix, LabSession session) =>
        seen.Rib(prefix, session.UpstreamAddress) is { Valid: true }
        && seen.Kernel(prefix).Any(route => route.Device == session.EdgeDevice);

    /// <summary>Scales a limit for an edge in a namespace to this edge.</summary>
    public TimeSpan Timeout(TimeSpan limit) => limit * Router.TimeoutFactor;

    /// <summary>Polls a condition within this edge's time limit.</summary>
    /// <param name="limit">For an edge in a namespace.</param>
    /// <returns>False when the time limit is reached.</returns>
    public Task<bool> WaitAsync(
        Func<Task<bool>> condition,
        TimeSpan limit,
        CancellationToken token
    ) => UntilAsync(condition, Timeout(limit), token);

    /// <summary>Polls a condition within a time limit.</summary>
    /// <returns>False when the time limit is reached.</returns>
    public static async Task<bool> UntilAsync(
        Func<Task<bool>> condition,
        TimeSpan limit,
        CancellationToken token
    )
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            if (clock.Elapsed > limit)
            {
                return false;
            }

            await Task.Delay(BetweenLooks, token);
        }

        return true;
    }

    /// <summary>Records the state of the other sessions, to check later whether they were disturbed.</summary>
    /// <param name="victim">Session that may be disturbed; null when none may.</param>
    public async Task<OtherSessions> WatchOthersAsync(LabSession? victim, CancellationToken token)
    {
        var others = new List<(LabSession, PeerState)>();
        foreach (var session in Sessions.Where(session => session != victim))
        {
            PeerState state = null!;
            // The case before may have replaced this one's neighbor.
            await WaitAsync(
                async () =>
                {
                    state = await PeerAsync(session, token);
                    return state.IsUp;
                },
                SessionLimit,
                token
            );
            others.Add((session, state));
        }

        return new(this, others);
    }

    public static string Family(LabSession session) => session.IsIpv6 ? "ipv6" : "ipv4";

    public static CaseResult Result(
        LabSession session,
        string id,
        string title,
        bool right,
        string evidence
    ) => new(session.Title, id, title, right ? CaseOutcome.Passed : CaseOutcome.Failed, evidence);
}

/// <summary>A neighbor as bgpd sees it.</summary>
/// <param name="State">State as FRR prints it: "Idle (PfxCt)".</param>
/// <param name="Established">Number of times the session came up since bgpd started.</param>
/// <param name="LastReset">Reason of the last reset.</param>
internal sealed record PeerState(string State, int Established, string? LastReset)
{
    public bool IsUp => State == SessionState.Established;

    public static PeerState Read(JsonElement summary, JsonElement detail, IPAddress address)
    {
        var peer = detail.GetProperty(address.ToString());
        var state =
            summary.TryGetProperty("peers", out var peers)
            && peers.TryGetProperty(address.ToString(), out var row)
                ? row.GetProperty("state").GetString()!
                : peer.GetProperty("bgpState").GetString()!;
        return new(
            state,
            peer.GetProperty("connectionsEstablished").GetInt32(),
            peer.TryGetProperty("lastNotificationReason", out var notification)
                    ? notification.GetString()
                : peer.TryGetProperty("lastResetDueTo", out var reset) ? reset.GetString()
                : null
        );
    }

    public override string ToString() =>
        $"state {State}, connectionsEstablished {Established}, last reset \"{LastReset ?? "never"}\"";
}

/// <summary>Sessions that a case must not disturb.</summary>
internal sealed class OtherSessions(
    SessionBench bench,
    IReadOnlyList<(LabSession Session, PeerState Before)> others
)
{
    /// <summary>Checks whether all of them are unchanged, with evidence.</summary>
    public async Task<(bool Calm, string Evidence)> LookAsync(CancellationToken token)
    {
        if (others.Count == 0)
        {
            return (true, "there is no other session");
        }

        var words = new List<string>();
        var calm = true;
        foreach (var (session, before) in others)
        {
            var now = await bench.PeerAsync(session, token);
            calm &= now.State == before.State && now.Established == before.Established;
            words.Add($"{session.Neighbor.Name} {now.State}, came up {now.Established} times");
        }

        return (calm, string.Join("; ", words));
    }
}
