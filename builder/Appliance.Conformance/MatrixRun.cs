using Appliance.Conformance.Bmp;
using Appliance.Conformance.Packets;
using Appliance.Conformance.Routes;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Running;
using Appliance.Lab.Speakers;
using Appliance.Verify.Processes;

namespace Appliance.Conformance;

/// <summary>Parts of the matrix.</summary>
[Flags]
public enum MatrixParts
{
    /// <summary>Announced routes and how the edges treat them.</summary>
    Routes = 1,

    /// <summary>How sessions end and recover, and what is advertised meanwhile.</summary>
    Sessions = 2,

    /// <summary>How packets of hosts behind the edges are forwarded.</summary>
    Packets = 4,

    All = Routes | Sessions | Packets,
}

/// <summary>
/// The whole run of the cases. Every neighbor is replaced by one of our speakers, which announces valid and invalid
/// routes; then bgpd's tables, the kernel's, and everything that the edge advertises are judged.
/// </summary>
public sealed class MatrixRun(RunningLab lab)
{
    private static readonly TimeSpan SessionLimit = TimeSpan.FromSeconds(40);

    /// <summary>Runs all cases of some parts, after the sessions with the honest neighbors.</summary>
    /// <exception cref="LabException">The lab itself failed, not the edge.</exception>
    /// <exception cref="MissingToolException">A program that sessions need is not installed.</exception>
    public async Task<IReadOnlyList<CaseResult>> RunAsync(
        MatrixParts parts,
        IProgress<string>? progress,
        CancellationToken token
    )
    {
        if (parts.HasFlag(MatrixParts.Sessions))
        {
            // Checked now, not after half of the cases.
            lab.Request.Tools.Find(Tools.FrrReload);
        }

        await using var stations = await BmpStations.OpenAsync(lab.Plan);
        var results = new List<CaseResult>();
        progress?.Report("honest neighbors");
        results.AddRange(await WaitForReleaseAsync(token));
        results.AddRange(await HonestAsync(token));
        foreach (var (edge, _) in lab.Routers)
        {
            if (parts.HasFlag(MatrixParts.Packets))
            {
                results.AddRange(await new PacketRun(lab).RunAsync(edge, progress, token));
            }

            if (parts.HasFlag(MatrixParts.Routes))
            {
                progress?.Report($"{edge}: routes");
                results.AddRange(await new RouteRun(lab, edge).RunAsync(token));
            }

            if (parts.HasFlag(MatrixParts.Sessions))
            {
                results.AddRange(
                    await new SessionRun(lab, stations).RunAsync(
                        edge,
                        SessionRun.Names,
                        progress,
                        token
                    )
                );
            }
        }

        return results;
    }

    private async Task<IReadOnlyList<CaseResult>> WaitForReleaseAsync(CancellationToken token)
    {
        var results = new List<CaseResult>();
        foreach (var (edge, _) in lab.Routers)
        {
            if (
                await new EdgePreflight(new SessionBench(lab, edge)).WaitForReleaseAsync(token) is
                { } result
            )
            {
                results.Add(result);
            }
        }

        return results;
    }

    /// <summary>Judges that sessions with real daemons come up, or stay down where they are shut down.</summary>
    private async Task<IReadOnlyList<CaseResult>> HonestAsync(CancellationToken token)
    {
        var states = await lab.WaitForSessionsAsync(SessionLimit, token);
        var results = states
            .Select(state => new CaseResult(
                state.Session.Title,
                "session",
                state.Session.IsShutDown
                    ? "a session that is shut down stays down"
                    : $"a session with {lab.Request.SpeakerOf(state.Session.Upstream)} comes up",
                state.IsUp != state.Session.IsShutDown ? CaseOutcome.Passed : CaseOutcome.Failed,
                $"bgpd: state {state}"
            ))
            .ToList();
        foreach (var state in states.Where(state => state.Session.Neighbor.Session.Bfd is not null))
        {
            results.Add(await DetectionAsync(state, token));
        }

        return results;
    }

    /// <summary>Judges BFD between bfdd and BIRD; the other speakers of the lab have none.</summary>
    private async Task<CaseResult> DetectionAsync(SessionState state, CancellationToken token)
    {
        var session = state.Session;
        var kind = lab.Request.SpeakerOf(session.Upstream);
        if (kind != SpeakerKind.Bird || session.IsShutDown)
        {
            return new(
                session.Title,
                "bfd",
                "BFD is up",
                CaseOutcome.Skipped,
                session.IsShutDown ? "the session is shut down" : $"{kind} has no BFD here"
            );
        }

        var bench = new SessionBench(lab, session.Edge);
        var status = "no peer";
        await SessionBench.UntilAsync(
            async () =>
            {
                status = await bench.DetectionAsync(session, token);
                return status == "up";
            },
            SessionLimit,
            token
        );
        return SessionBench.Result(
            session,
            "bfd",
            "BFD is up",
            status == "up",
            $"show bfd peers json: {session.UpstreamAddress} {status}"
        );
    }
}
