using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Bmp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>A speaker of ours in the place of a neighbor, and what the station hears of it.</summary>
/// <param name="hijacked">A prefix of ours.</param>
/// <param name="bogon">One that nobody may use, and that no other neighbor announces.</param>
internal sealed class MonitoredNeighbor(
    StationEar ear,
    LabSession session,
    BgpSpeaker speaker,
    IPNetwork hijacked,
    IPNetwork bogon
)
{
    private readonly IPNetwork? good = SessionBench.TakesRoutes(session)
        ? new ProbeSpace(session).Next()
        : null;

    private IReadOnlyList<IPNetwork> atOnce = [];

    public LabSession Session => session;

    public BgpSpeaker Speaker => speaker;

    private IReadOnlyList<IPNetwork> Refused => [hijacked, bogon];

    private IReadOnlyList<IPNetwork> Announced =>
        [.. Refused, .. good is { } prefix ? [prefix] : Array.Empty<IPNetwork>()];

    public async Task AnnounceAsync(CancellationToken token)
    {
        foreach (var prefix in Announced)
        {
            await speaker.AnnounceAsync(new Announcement { Prefix = prefix }, token);
        }
    }

    /// <summary>The edge has taken what is to be taken, and the station knows of all that was said.</summary>
    public bool IsSettled(EdgeObservation seen) => Announced.All(IsTold) && TakesGood(seen);

    /// <summary>What the station knows now, it has been told at once.</summary>
    public void RememberAtOnce() => atOnce = [.. Announced.Where(IsTold)];

    public CaseResult JudgeUp(BmpSession before)
    {
        var told = ear.Told(session);
        var up = told.Ups > before.Ups ? told.Up : null;
        return SessionBench.Result(
            session,
            "bmp-up",
            "the station is told that the session is up, and between whom",
            up is not null
                && up.Peer.Asn == session.Neighbor.Asn
                && up.Peer.Identifier.Equals(LabNumbers.Cable4(session.Number).Second)
                && up.LocalAddress.Equals(session.EdgeAddress)
                && up.Sent?.Asn == session.EdgeAsn
                && up.Received?.Asn == session.Neighbor.Asn,
            up is null
                ? $"no Peer Up of {session.UpstreamAddress}; {ear.Heard?.Ending ?? told.Down?.Why ?? "nothing was said of it"}"
                : $"Peer Up: {up.Peer.Address} AS{up.Peer.Asn} identifier {up.Peer.Identifier}, at {up.LocalAddress}; OPENs of AS{up.Sent?.Asn} and AS{up.Received?.Asn}"
        );
    }

    public CaseResult JudgeRoutes(EdgeObservation seen)
    {
        var paths = Refused
            .Select(prefix => seen.Rib(prefix, session.UpstreamAddress))
            .OfType<RibPath>();
        return SessionBench.Result(
            session,
            "bmp-routes",
            "the station is told what the neighbor says, also what is refused",
            IsSettled(seen) && !paths.Any() && (ear.IsToldLate || Announced.All(atOnce.Contains)),
            string.Join(
                "; ",
                Announced.Select(prefix =>
                    $"{prefix} {Word(prefix)}, {(seen.Rib(prefix, session.UpstreamAddress) is null ? "not in" : "in")} \"show bgp json\""
                )
            )
        );
    }

    public CaseResult JudgeDown(BmpSession before, BgpNotification said)
    {
        var told = ear.Told(session);
        var isNew = told.Downs > before.Downs;
        return SessionBench.Result(
            session,
            "bmp-down",
            "the station is told that the session is down, and why",
            isNew
                && told is { Up: null, Down.Reason: BmpDownReason.RemoteNotification }
                && told.Down.Notification == said,
            $"the neighbor said {said}; {(isNew ? $"Peer Down: {told.Down!.Why}" : "no Peer Down")}"
        );
    }

    private bool TakesGood(EdgeObservation seen) =>
        good is not { } prefix || SessionBench.IsTaken(seen, prefix, session);

    private bool IsTold(IPNetwork prefix) => Route(prefix) is { } route && IsAsSaid(route);

    private ReceivedRoute? Route(IPNetwork prefix) =>
        ear.Told(session).Routes.GetValueOrDefault(prefix);

    private bool IsAsSaid(ReceivedRoute route)
    {
        uint[] said = [session.Neighbor.Asn];
        return route.Asns.SequenceEqual(said)
            || (ear.IsToldLongPaths && route.Asns.SequenceEqual([session.EdgeAsn, .. said]));
    }

    private string Word(IPNetwork prefix) =>
        Route(prefix) is not { } route
            ? "not told"
            : $"told {(atOnce.Contains(prefix) ? "at once" : "on the next connection")} with path \"{string.Join(' ', route.Path)}\"";
}
