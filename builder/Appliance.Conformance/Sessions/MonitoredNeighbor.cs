using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Bmp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>One of our speakers in the place of a neighbor, and what the BMP station receives about it.</summary>
/// <param name="hijacked">One of our prefixes.</param>
/// <param name="bogon">An unassigned prefix that no other neighbor announces.</param>
internal sealed class MonitoredNeighbor(
    BmpObserver observer,
    LabSession session,
    BgpSpeaker speaker,
    IPNetwork hijacked,
    IPNetwork bogon
)
{
    private readonly IPNetwork? good = SessionBench.AcceptsRoutes(session)
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

    /// <summary>The edge has accepted the valid routes, and the station has received all announced ones.</summary>
    public bool IsSettled(EdgeObservation seen) => Announced.All(HasAllRoutes) && TakesGood(seen);

    /// <summary>Records the routes that the station has received without a reconnect.</summary>
    public void RememberAtOnce() => atOnce = [.. Announced.Where(HasAllRoutes)];

    public CaseResult JudgeUp(BmpSession before)
    {
        var state = observer.Session(session);
        var up = state.Ups > before.Ups ? state.Up : null;
        return SessionBench.Result(
            session,
            "bmp-up",
            "the station receives a Peer Up with both ends of the session",
            up is not null
                && up.Peer.Asn == session.Neighbor.Asn
                && up.Peer.Identifier.Equals(LabNumbers.Cable4(session.Number).Second)
                && up.LocalAddress.Equals(session.EdgeAddress)
                && up.Sent?.Asn == session.EdgeAsn
                && up.Received?.Asn == session.Neighbor.Asn,
            up is null
                ? $"no Peer Up of {session.UpstreamAddress}; {observer.State?.Ending ?? state.Down?.Why ?? "no message about it"}"
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
            "the station receives the neighbor's routes, rejected ones included",
            IsSettled(seen)
                && !paths.Any()
                && (observer.ReportsLate || Announced.All(atOnce.Contains)),
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
        var state = observer.Session(session);
        var isNew = state.Downs > before.Downs;
        return SessionBench.Result(
            session,
            "bmp-down",
            "the station receives a Peer Down with the reason",
            isNew
                && state is { Up: null, Down.Reason: BmpDownReason.RemoteNotification }
                && state.Down.Notification == said,
            $"the neighbor sent {said}; {(isNew ? $"Peer Down: {state.Down!.Why}" : "no Peer Down")}"
        );
    }

    private bool TakesGood(EdgeObservation seen) =>
        good is not { } prefix || SessionBench.IsAccepted(seen, prefix, session);

    private bool HasAllRoutes(IPNetwork prefix) => Route(prefix) is { } route && IsAsSaid(route);

    private ReceivedRoute? Route(IPNetwork prefix) =>
        observer.Session(session).Routes.GetValueOrDefault(prefix);

    private bool IsAsSaid(ReceivedRoute route)
    {
        uint[] said = [session.Neighbor.Asn];
        return route.Asns.SequenceEqual(said)
            || (observer.PrependsOwnAsn && route.Asns.SequenceEqual([session.EdgeAsn, .. said]));
    }

    private string Word(IPNetwork prefix) =>
        Route(prefix) is not { } route
            ? "not received"
            : $"received {(atOnce.Contains(prefix) ? "at once" : "on the next connection")} with path \"{string.Join(' ', route.Path)}\"";
}
