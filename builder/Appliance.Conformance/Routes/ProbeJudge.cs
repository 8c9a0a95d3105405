using System.Globalization;
using Appliance.Conformance.Sessions;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Routes;

/// <summary>What an edge made of what one neighbor announced.</summary>
internal static class ProbeJudge
{
    /// <summary>One route is where it belongs, in bgpd and in the kernel, or nowhere.</summary>
    /// <param name="updates">UPDATEs that bgpd has read from the neighbor since it started.</param>
    public static CaseResult Judge(
        RouteStand stand,
        RouteProbe probe,
        EdgeObservation seen,
        int updates
    )
    {
        var session = stand.Session;
        var prefix = probe.Announcement.Prefix;
        var path = seen.Rib(prefix, session.UpstreamAddress);
        var kernel = seen.Kernel(prefix);
        var received = updates - stand.Before;
        var right = probe.Taken
            ? path is { Valid: true } && kernel.Any(route => route.Drops == probe.Dropped)
            : path is null
                && (
                    seen.HasOthers(prefix, session.UpstreamAddress)
                    || !kernel.Any(route => route.Device == session.EdgeDevice)
                );
        var rib = path is null
            ? "no path in \"show bgp json\""
            : $"path \"{path.Path}\" via {path.NextHop}, valid {path.Valid}";
        return SessionBench.Result(
            session,
            probe.Id,
            $"{probe.Title} is {Fate(probe)}",
            right && received >= stand.Sent,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{prefix}: {rib}; kernel: {(kernel.Count == 0 ? "no route" : string.Join(", ", kernel))}; updatesRecv {received} of {stand.Sent}"
            )
        );
    }

    private static string Fate(RouteProbe probe) =>
        !probe.Taken ? "refused"
        : probe.Dropped ? "taken, and the kernel drops it"
        : "taken";

    /// <summary>How what was taken is treated: which neighbor is preferred, and where packets go.</summary>
    public static IEnumerable<CaseResult> Treatment(RouteStand stand, EdgeObservation seen)
    {
        var session = stand.Session;
        var taken = stand.Catalogue.Probes.Where(probe => probe.Taken).ToList();
        if (taken.Count == 0)
        {
            yield break;
        }

        var expected = LocalPreference.Of(session.Neighbor);
        var preferences = taken
            .Select(probe => seen.Rib(probe.Announcement.Prefix, session.UpstreamAddress))
            .OfType<RibPath>()
            .Select(path => path.LocalPreference)
            .Distinct()
            .ToList();
        yield return SessionBench.Result(
            session,
            "local-preference",
            $"its routes have the preference {expected}",
            preferences.TrueForAll(preference => preference == expected),
            $"locPrf {string.Join(", ", preferences.Select(p => p?.ToString(CultureInfo.InvariantCulture) ?? "not set"))}"
        );
        var astray = taken
            .Where(probe => !probe.Dropped)
            .Select(probe => probe.Announcement.Prefix)
            .Where(prefix => seen.Rib(prefix, session.UpstreamAddress) is { Best: true })
            .SelectMany(seen.Kernel)
            .Where(route => route.Device != session.EdgeDevice)
            .ToList();
        yield return SessionBench.Result(
            session,
            "own-link",
            "packets to its networks take its own link",
            astray.Count == 0,
            astray.Count == 0
                ? $"all on {session.EdgeDevice}"
                : $"kernel: {string.Join(", ", astray)}"
        );
    }

    public static CaseResult StillUp(RouteStand stand) =>
        SessionBench.Result(
            stand.Session,
            "session-survives",
            "the session survives all of this",
            !stand.Speaker!.IsClosed,
            stand.Speaker.Heard.Ending ?? "established"
        );
}
