using Appliance.Conformance.Bmp;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Running;
using Appliance.Tests.Support;

namespace Appliance.Conformance.Tests.Sessions;

/// <summary>Expectations of the cases about failed daemons.</summary>
internal static class DaemonFailures
{
    /// <summary>Every session passes its cases; the restart by the lab is not judged.</summary>
    /// <param name="name">Name of the case.</param>
    /// <param name="back">Identifier of the case that only a router with watchfrr can pass.</param>
    /// <param name="judged">Identifiers of the cases of every session.</param>
    public static async Task PassAsync(
        RunningLab lab,
        string edge,
        string name,
        string back,
        params IReadOnlyList<string> judged
    )
    {
        await using var stations = await BmpStations.OpenAsync(lab.Plan);
        var results = await new SessionRun(lab, stations).RunAsync(edge, [name], null, Need.Token);

        var sessions = lab.Plan.Sessions.Count(session =>
            session.Edge == edge && !session.IsShutDown
        );
        foreach (var id in judged)
        {
            var found = results.Where(result => result.Id == id).ToList();
            Assert.Equal(sessions, found.Count);
            Assert.All(
                found,
                result => Assert.True(result.Outcome == CaseOutcome.Passed, result.Evidence)
            );
        }

        Assert.Equal(
            CaseOutcome.Skipped,
            Assert.Single(results, result => result.Id == back).Outcome
        );
    }

    /// <summary>Only the restart fails, so the exports are not judged.</summary>
    public static void IsNotBack(IReadOnlyList<CaseResult> results, string back, string exports)
    {
        Assert.All(
            results,
            result =>
                Assert.Equal(
                    result.Id == back ? CaseOutcome.Failed : CaseOutcome.Passed,
                    result.Outcome
                )
        );
        Assert.Contains(results, result => result.Id == back);
        Assert.DoesNotContain(results, result => result.Id == exports);
    }

    /// <summary>Adds a neighbor's route to the kernel that no daemon removes.</summary>
    public static Task LeaveRouteAsync(RunningLab lab, RestartNeighbor neighbor) =>
        lab.Ip.BatchAsync(
            lab.Plan.Node(neighbor.Session.Edge).Namespace,
            "left",
            [
                $"route add {neighbor.Ordinary} dev {neighbor.Session.EdgeDevice} proto bgp metric 4000",
            ],
            Need.Token
        );

    /// <summary>That route is the only failure.</summary>
    public static void IsLeft(
        IReadOnlyList<CaseResult> results,
        string ends,
        RestartNeighbor neighbor
    )
    {
        var failed = Assert.Single(results, result => result.Outcome == CaseOutcome.Failed);
        Assert.Equal((ends, neighbor.Session.Title), (failed.Id, failed.Session));
        Assert.Contains(
            $"still in the kernel: {neighbor.Ordinary}",
            failed.Evidence,
            StringComparison.Ordinal
        );
    }
}
