using Appliance.Conformance.Sessions;
using Appliance.Lab.Daemons;
using Appliance.Lab.Running;
using Appliance.Tests.Support;
using Appliance.Verify.Processes;

namespace Appliance.Conformance.Tests.Sessions;

/// <summary>A bgpd that is killed in a lab, brought back well and badly.</summary>
public class KilledBgpdCaseTests
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
        await using var lab = await Labs.StartAsync("t-killed", network);
        await DaemonFailures.PassAsync(
            lab,
            edge,
            "a bgpd that is killed",
            "killed-back",
            "killed-ends",
            "exports-killed"
        );
    }

    [Fact]
    public async Task A_bgpd_that_comes_back_without_its_configuration_is_noticed()
    {
        await using var lab = await Labs.StartExampleAsync("t-unread");
        var router = (FrrRouter)lab.Routers["router01"];

        var results = await KilledBgpdCase.RunAsync(
            new SessionBench(lab, "router01"),
            (daemon, token) => router.StartDaemonsAsync([daemon], token),
            Need.Token
        );

        DaemonFailures.IsNotBack(results, "killed-back", "exports-killed");
    }

    [Fact]
    public async Task A_bgpd_that_comes_back_with_another_policy_is_noticed()
    {
        await using var lab = await Labs.StartExampleAsync("t-policy");
        var router = lab.Routers["router01"];

        var results = await KilledBgpdCase.RunAsync(
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
        await using var lab = await Labs.StartExampleAsync("t-stale");
        var bench = new SessionBench(lab, "router01");
        var neighbor = new RestartNeighbors(bench).Accepting.First();
        await DaemonFailures.LeaveRouteAsync(lab, neighbor);

        var results = await KilledBgpdCase.RunAsync(bench, Need.Token);

        DaemonFailures.IsLeft(results, "killed-ends", neighbor);
    }

    /// <summary>BIRD would keep them for the two minutes that bgpd says by itself.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_neighbor_forgets_our_prefixes_with_the_session_only_if_it_is_told_no_time(
        bool advertised
    )
    {
        Need.WholeLab();
        await using var lab = await Labs.StartAsync("t-forgets", "example");
        var router = lab.Routers["router01"];
        if (!advertised)
        {
            await router.StopAsync(Need.Token);
            var text = await File.ReadAllTextAsync(router.ConfigurationFile, Need.Token);
            await router.StartAsync(
                text.Replace(
                    " bgp graceful-restart restart-time 0\n",
                    "",
                    StringComparison.Ordinal
                ),
                Need.Token
            );
        }

        Assert.True(await HasAsync(lab, expected: true));
        await router.KillAsync(FrrDaemon.Bgp, Need.Token);
        Assert.Equal(!advertised, await HasAsync(lab, expected: false));
    }

    /// <summary>The transit has our prefix from the edge itself; asked until it is as expected, or the time is up.</summary>
    private static async Task<bool> HasAsync(RunningLab lab, bool expected)
    {
        var has = !expected;
        await SessionBench.UntilAsync(
            async () =>
            {
                var answer = await Need.Processes.RunUncheckedAsync(
                    new(
                        Tools.BirdControl,
                        "-s",
                        Path.Combine(lab.NodeFolder("lagrange"), "bird.ctl"),
                        "show",
                        "route",
                        "protocol",
                        "edge",
                        "2001:db8:1c::/48"
                    ),
                    Need.Token
                );
                has = answer.StandardOutput.Contains("[edge ", StringComparison.Ordinal);
                return has == expected;
            },
            TimeSpan.FromSeconds(expected ? 30 : 10),
            Need.Token
        );
        return has;
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
}
