using Appliance.Conformance.Sessions;
using Appliance.Lab.Daemons;
using Appliance.Lab.Running;
using Appliance.Tests.Support;
using Appliance.Verify.Processes;

namespace Appliance.Conformance.Tests.Sessions;

/// <summary>A bgpd that is killed in a lab, and correct and faulty restarts.</summary>
public class KilledBgpdCaseTests
{
    [Theory]
    [InlineData("example", "router01")]
    [InlineData("every-role", "edge1")]
    public async Task A_killed_bgpd_leaves_no_routes_and_restarts_with_its_policy(
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
    public async Task A_bgpd_restarted_without_its_configuration_fails()
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
    public async Task A_bgpd_restarted_with_another_policy_fails()
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
    public async Task A_stale_route_in_the_kernel_fails()
    {
        await using var lab = await Labs.StartExampleAsync("t-stale");
        var bench = new SessionBench(lab, "router01");
        var neighbor = new RestartNeighbors(bench).Accepting.First();
        await DaemonFailures.LeaveRouteAsync(lab, neighbor);

        var results = await KilledBgpdCase.RunAsync(bench, Need.Token);

        DaemonFailures.IsLeft(results, "killed-ends", neighbor);
    }

    /// <summary>BIRD would keep them for bgpd's default restart time of two minutes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_neighbor_removes_our_prefixes_with_the_session_only_with_restart_time_zero(
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

    /// <summary>Whether the transit has our prefix from the edge itself; polled until it is as expected, or the time limit.</summary>
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

    /// <summary>Permits every export: no route-map, limit or role rejects it.</summary>
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
