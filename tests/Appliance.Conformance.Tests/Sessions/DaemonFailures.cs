using Appliance.Conformance.Bmp;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Running;
using Appliance.Tests.Support;

namespace Appliance.Conformance.Tests.Sessions;

/// <summary>What is expected of the cases that lose a daemon of a lab and bring it back.</summary>
internal static class DaemonFailures
{
    /// <summary>Every session passes what is judged of it; that the lab brings a daemon back is no merit.</summary>
    /// <param name="name">What the case is called.</param>
    /// <param name="back">Identifier of what only a router shows.</param>
    /// <param name="judged">Identifiers of what is judged for every session.</param>
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

    /// <summary>All is well but that it did not come back, so what it tells is not judged.</summary>
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

    /// <summary>Gives the kernel a neighbor's route that no daemon takes out again.</summary>
    public static Task LeaveRouteAsync(RunningLab lab, RestartNeighbor neighbor) =>
        lab.Ip.BatchAsync(
            lab.Plan.Node(neighbor.Session.Edge).Namespace,
            "left",
            [
                $"route add {neighbor.Ordinary} dev {neighbor.Session.EdgeDevice} proto bgp metric 4000",
            ],
            Need.Token
        );

    /// <summary>That route is all that is wrong.</summary>
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
