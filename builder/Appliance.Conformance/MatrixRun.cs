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
    /// <summary>What is announced, and what the edges make of it.</summary>
    Routes = 1,

    /// <summary>How sessions end, come back, and what is told meanwhile.</summary>
    Sessions = 2,

    /// <summary>What packets of hosts behind the edges meet.</summary>
    Packets = 4,

    All = Routes | Sessions | Packets,
}

/// <summary>
/// The misbehaving matrix. Every neighbor is replaced by a speaker of ours that announces what it should and what it should
/// not; then the edge's tables, the kernel's, and all that the edge tells its neighbors are looked at.
/// </summary>
public sealed class MatrixRun(RunningLab lab)
{
    private static readonly TimeSpan SessionLimit = TimeSpan.FromSeconds(40);

    /// <summary>Runs all cases of some parts; the honest neighbors come up first in any case.</summary>
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
            // Asked for now, and not after half of the cases.
            lab.Request.Tools.Find(Tools.FrrReload);
        }

        await using var stations = await BmpStations.OpenAsync(lab.Plan);
        var results = new List<CaseResult>();
        progress?.Report("honest neighbors");
        results.AddRange(await LiftAsync(token));
        results.AddRange(await HonestAsync(token));
        foreach (var (edge, _) in lab.Routers)
        {
            if (parts.HasFlag(MatrixParts.Packets))
            {
                results.AddRange(await new PacketRun(lab).RunAsync(edge, progress, token));
            }

            if (parts.HasFlag(MatrixParts.Routes))
            {
                progress?.Report($"neighbors of {edge} that misbehave");
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

    private async Task<IReadOnlyList<CaseResult>> LiftAsync(CancellationToken token)
    {
        var results = new List<CaseResult>();
        foreach (var (edge, _) in lab.Routers)
        {
            if (await new HeldEdge(new SessionBench(lab, edge)).LiftAsync(token) is { } result)
            {
                results.Add(result);
            }
        }

        return results;
    }

    /// <summary>Sessions with real daemons come up, or stay down where the file says so.</summary>
    private async Task<IReadOnlyList<CaseResult>> HonestAsync(CancellationToken token)
    {
        var states = await lab.WaitForSessionsAsync(SessionLimit, token);
        var results = states
            .Select(state => new CaseResult(
                state.Session.Title,
                "session",
                state.Session.IsShutDown
                    ? "a session that is switched off stays down"
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

    /// <summary>BFD between bfdd and BIRD; the other speakers of the lab have none.</summary>
    private async Task<CaseResult> DetectionAsync(SessionState state, CancellationToken token)
    {
        var session = state.Session;
        var kind = lab.Request.SpeakerOf(session.Upstream);
        if (kind != SpeakerKind.Bird || session.IsShutDown)
        {
            return new(
                session.Title,
                "bfd",
                "BFD watches the path",
                CaseOutcome.Skipped,
                session.IsShutDown ? "the session is switched off" : $"{kind} has no BFD here"
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
            "BFD watches the path",
            status == "up",
            $"show bfd peers json: {session.UpstreamAddress} {status}"
        );
    }
}
