using Appliance.Lab.Daemons;
using Appliance.Lab.Matrix;
using Appliance.Lab.Matrix.Sessions;
using Appliance.Lab.Running;
using Appliance.Lab.Tests.Support;
using Appliance.Lab.Topology;

namespace Appliance.Lab.Tests.Sessions;

/// <summary>A bgpd that is killed in a lab, brought back well and badly.</summary>
public class KilledCaseTests
{
    [Theory]
    [InlineData("example", "router01")]
    [InlineData("every-role", "edge1")]
    public async Task A_bgpd_that_is_killed_leaves_nothing_and_comes_back_with_its_policy(
        string network,
        string edge
    )
    {
        Need.WholeLab();
        await using var lab = await StartAsync("t-killed", network);
        var results = await new SessionRun(lab).RunAsync(
            edge,
            null,
            Need.Token,
            without: [.. SessionRun.Names.Where(name => name != "a bgpd that is killed")]
        );

        var sessions = lab.Plan.Sessions.Count(session =>
            session.Edge == edge && !session.IsShutDown
        );
        foreach (var id in new[] { "killed-ends", "exports-killed" })
        {
            var judged = results.Where(result => result.Id == id).ToList();
            Assert.Equal(sessions, judged.Count);
            Assert.All(
                judged,
                result => Assert.True(result.Outcome == CaseOutcome.Passed, result.Evidence)
            );
        }

        Assert.Equal(
            CaseOutcome.Skipped,
            Assert.Single(results, result => result.Id == "killed-back").Outcome
        );
    }

    [Fact]
    public async Task A_bgpd_that_comes_back_without_its_configuration_is_noticed()
    {
        Need.WholeLab();
        await using var lab = await StartAsync("t-unread", "example");
        var router = (FrrRouter)lab.Routers["router01"];
        await lab.WaitForSessionsAsync(TimeSpan.FromSeconds(30), Need.Token);

        var results = await KilledCase.RunAsync(
            new SessionBench(lab, "router01"),
            (daemon, token) => router.StartDaemonsAsync([daemon], token),
            Need.Token
        );

        Assert.All(
            results,
            result =>
                Assert.Equal(
                    result.Id == "killed-back" ? CaseOutcome.Failed : CaseOutcome.Passed,
                    result.Outcome
                )
        );
        Assert.Contains(results, result => result.Id == "killed-back");
        Assert.DoesNotContain(results, result => result.Id == "exports-killed");
    }

    [Fact]
    public async Task A_bgpd_that_comes_back_with_another_policy_is_noticed()
    {
        Need.WholeLab();
        await using var lab = await StartAsync("t-policy", "example");
        var router = lab.Routers["router01"];
        await lab.WaitForSessionsAsync(TimeSpan.FromSeconds(30), Need.Token);

        var results = await KilledCase.RunAsync(
            new SessionBench(lab, "router01"),
            async (daemon, token) =>
            {
                var text = await File.ReadAllTextAsync(router.ConfigurationFile, token);
                await File.WriteAllTextAsync(router.ConfigurationFile, Open(text), token);
                await router.ReviveAsync(daemon, token);
            },
            Need.Token
        );

        Assert.Contains(
            results,
            result => result is { Id: "exports-killed", Outcome: CaseOutcome.Failed }
        );
    }

    [Fact]
    public async Task A_route_that_stays_in_the_kernel_is_noticed()
    {
        Need.WholeLab();
        await using var lab = await StartAsync("t-stale", "example");
        await lab.WaitForSessionsAsync(TimeSpan.FromSeconds(30), Need.Token);
        var bench = new SessionBench(lab, "router01");
        var neighbor = new RestartStand(bench).Taking.First();
        await lab.Ip.BatchAsync(
            lab.Plan.Node("router01").Namespace,
            "stale",
            [
                $"route add {neighbor.Ordinary} dev {neighbor.Session.EdgeDevice} proto bgp metric 4000",
            ],
            Need.Token
        );

        var results = await KilledCase.RunAsync(bench, Need.Token);

        var failed = Assert.Single(results, result => result.Outcome == CaseOutcome.Failed);
        Assert.Equal(("killed-ends", neighbor.Session.Title), (failed.Id, failed.Session));
        Assert.Contains(
            $"still in the kernel: {neighbor.Ordinary}",
            failed.Evidence,
            StringComparison.Ordinal
        );
    }

    /// <summary>Everything may leave: neither maps, nor limits, nor roles keep it back.</summary>
    private static string Open(string configuration) =>
        string.Join(
            '\n',
            configuration
                .Split('\n')
                .Where(line =>
                    !line.Contains(" maximum-prefix-out ", StringComparison.Ordinal)
                    && !line.Contains(" local-role ", StringComparison.Ordinal)
                )
                .Select(line =>
                    line.StartsWith("route-map export-", StringComparison.Ordinal)
                        ? line.Replace(" deny ", " permit ", StringComparison.Ordinal)
                        : line
                )
        );

    private static async Task<RunningLab> StartAsync(string name, string network) =>
        await RunningLab.StartAsync(
            new LabRequest
            {
                Plan = LabPlanner.Plan(name, LoweredLimits.Of(Networks.Shipped(network))),
                Tools = Need.Host,
                FrrVersion = await FrrRouter.VersionAsync(Need.Processes, Need.Token),
            },
            null,
            Need.Token
        );
}
