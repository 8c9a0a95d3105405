using System.Globalization;
using Appliance.Conformance.Sessions;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Routes;

/// <summary>Judges how an edge has treated the routes of one neighbor.</summary>
internal static class ProbeJudge
{
    /// <summary>Judges that a route is in bgpd and the kernel, or in neither.</summary>
    /// <param name="updates">UPDATEs that bgpd has read from the neighbor since it started.</param>
    public static CaseResult Judge(
        ProbedSession probed,
        RouteProbe probe,
        EdgeObservation seen,
        int updates
    )
    {
        var session = probed.Session;
        var prefix = probe.Announcement.Prefix;
        var path = seen.Rib(prefix, session.UpstreamAddress);
        var kernel = seen.Kernel(prefix);
        var received = updates - probed.Before;
        var right = probe.Accepted
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
            right && received >= probed.Sent,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{prefix}: {rib}; kernel: {(kernel.Count == 0 ? "no route" : string.Join(", ", kernel))}; updatesRecv {received} of {probed.Sent}"
            )
        );
    }

    private static string Fate(RouteProbe probe) =>
        !probe.Accepted ? "rejected"
        : probe.Dropped ? "accepted as a blackhole"
        : "accepted";

    /// <summary>Judges the preference of accepted routes and the device of the kernel's.</summary>
    public static IEnumerable<CaseResult> Treatment(ProbedSession probed, EdgeObservation seen)
    {
        var session = probed.Session;
        var accepted = probed.Catalogue.Probes.Where(probe => probe.Accepted).ToList();
        if (accepted.Count == 0)
        {
            yield break;
        }

        var expected = LocalPreference.Of(session.Neighbor);
        var preferences = accepted
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
        var astray = accepted
            .Where(probe => !probe.Dropped)
            .Select(probe => probe.Announcement.Prefix)
            .Where(prefix => seen.Rib(prefix, session.UpstreamAddress) is { Best: true })
            .SelectMany(seen.Kernel)
            .Where(route => route.Device != session.EdgeDevice)
            .ToList();
        yield return SessionBench.Result(
            session,
            "own-link",
            "packets to its networks use its own link",
            astray.Count == 0,
            astray.Count == 0
                ? $"all on {session.EdgeDevice}"
                : $"kernel: {string.Join(", ", astray)}"
        );
    }

    public static CaseResult StillUp(ProbedSession probed) =>
        SessionBench.Result(
            probed.Session,
            "session-survives",
            "the session survives all probes",
            !probed.Speaker!.IsClosed,
            probed.Speaker.Log.Ending ?? "established"
        );
}
