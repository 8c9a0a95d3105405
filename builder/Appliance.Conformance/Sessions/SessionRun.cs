using System.Diagnostics;
using System.Globalization;
using Appliance.Conformance.Bmp;
using Appliance.Lab;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Verify.Processes;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// The cases about sessions: neighbors that exceed limits, flap, fall silent or send garbage, and an edge that restarts.
/// Each case is bounded in time.
/// </summary>
internal sealed class SessionRun(RunningLab lab, BmpStations stations)
{
    private static readonly TimeSpan DetectionLimit = TimeSpan.FromSeconds(10);

    private static readonly (
        string Name,
        Func<SessionBench, CancellationToken, Task<IReadOnlyList<CaseResult>>> Run
    )[] Cases =
    [
        ("more routes than the limit", MaximumPrefixCase.RunAsync),
        ("a flap every second", FlapCase.RunAsync),
        ("a neighbor that stops reading", StalledReaderCase.RunAsync),
        ("garbage", GarbageCase.RunAsync),
        ("wrong passwords and hop limits", SpoofedNeighborCase.RunAsync),
        ("an AS_SET over IPv4", AsSetCase.RunAsync),
        ("silence", HoldTimerCase.RunAsync),
        ("a link that goes down", LinkFailureCase.RunAsync),
        ("a session without a policy", NoPolicyCase.RunAsync),
        ("ROAs that change", RoaCase.RunAsync),
        ("what a monitoring station hears", MonitoringCase.RunAsync),
        ("a restart without RPKI caches", RestartCase.RunAsync),
        ("a watchfrr that is killed", KilledWatchfrrCase.RunAsync),
        ("a bgpd that is killed", KilledBgpdCase.RunAsync),
        ("a zebra that hangs", HungZebraCase.RunAsync),
    ];

    /// <summary>Names of all cases.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Cases.Select(item => item.Name)];

    /// <summary>Runs cases on all sessions of an edge; the honest neighbors run before and after.</summary>
    /// <param name="names">Cases to run; the others are reported as left out.</param>
    public async Task<IReadOnlyList<CaseResult>> RunAsync(
        string edge,
        IReadOnlyCollection<string> names,
        IProgress<string>? progress,
        CancellationToken token
    )
    {
        var bench = new SessionBench(lab, edge) { Stations = stations };
        var results = new List<CaseResult>();
        foreach (var (name, run) in Cases)
        {
            if (!names.Contains(name))
            {
                results.Add(new(edge, "left-out", name, CaseOutcome.Skipped, "not asked for"));
                continue;
            }

            progress?.Report($"{edge}: {name}");
            var clock = Stopwatch.StartNew();
            try
            {
                results.AddRange(await run(bench, token));
            }
            catch (Exception exception)
                when (exception is LabException { Fault: LabFault.Failed } or ProcessFailedException
                )
            {
                results.Add(new(edge, "case-failed", name, CaseOutcome.Failed, exception.Message));
            }

            progress?.Report(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{edge}: {name}: {clock.Elapsed.TotalSeconds:0.0} s"
                )
            );
        }

        return results;
    }

    /// <summary>Runs a case in the place of one honest neighbor; returns no result where no session fits.</summary>
    public static async Task<IReadOnlyList<CaseResult>> OnVictimAsync(
        SessionBench bench,
        Func<SessionBench, LabSession, CancellationToken, Task<CaseResult>> work,
        CancellationToken token
    ) =>
        bench.Victim is { } victim
            ? [await WithoutHonestAsync(bench, [victim], () => work(bench, victim, token), token)]
            : [];

    /// <summary>Stops the honest neighbors of some sessions while work runs.</summary>
    public static async Task<T> WithoutHonestAsync<T>(
        SessionBench bench,
        IReadOnlyList<LabSession> sessions,
        Func<Task<T>> work,
        CancellationToken token
    )
    {
        foreach (var session in sessions)
        {
            await bench.Lab.StopUpstreamAsync(session.Upstream);
        }

        // Our speaker has no BFD: bfdd must have detected the end of the honest neighbor before it connects.
        foreach (var session in sessions.Where(item => item.Neighbor.Session.Bfd is not null))
        {
            await bench.WaitAsync(
                async () => await bench.DetectionAsync(session, token) != "up",
                DetectionLimit,
                token
            );
        }

        try
        {
            return await work();
        }
        finally
        {
            foreach (var session in sessions)
            {
                await bench.Lab.StartUpstreamAsync(session.Upstream, token);
            }
        }
    }
}
