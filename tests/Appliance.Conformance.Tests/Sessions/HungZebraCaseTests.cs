using Appliance.Conformance.Sessions;
using Appliance.Lab.Daemons;
using Appliance.Tests.Support;

namespace Appliance.Conformance.Tests.Sessions;

/// <summary>A zebra that hangs in a lab, and correct and faulty restarts of FRR.</summary>
public class HungZebraCaseTests
{
    [Theory]
    [InlineData("example", "router01")]
    [InlineData("every-role", "edge1")]
    public async Task A_hung_zebra_leaves_no_routes_and_all_daemons_restart_with_the_policy(
        string network,
        string edge
    )
    {
        Need.WholeLab();
        await using var lab = await Labs.StartAsync("t-hung", network);
        await DaemonFailures.PassAsync(
            lab,
            edge,
            "a zebra that hangs",
            "hung-back",
            "hung-ends",
            "exports-hung"
        );
    }

    [Fact]
    public async Task Daemons_restarted_without_their_configuration_fail()
    {
        await using var lab = await Labs.StartExampleAsync("t-unread-zebra");
        var router = (FrrRouter)lab.Routers["router01"];

        var results = await HungZebraCase.RunAsync(
            new SessionBench(lab, "router01"),
            async (zebra, token) =>
            {
                var all = router.Running;
                await router.KillAsync(zebra, token);
                await router.StopAsync(token);
                await router.StartDaemonsAsync(all, token);
            },
            Need.Token
        );

        DaemonFailures.IsNotBack(results, "hung-back", "exports-hung");
    }

    /// <summary>As FreeBSD's routes over link-local addresses do, unless the router removes them.</summary>
    [Fact]
    public async Task A_route_that_the_next_zebra_leaves_in_the_kernel_fails()
    {
        await using var lab = await Labs.StartExampleAsync("t-left");
        var bench = new SessionBench(lab, "router01");
        var neighbor = new RestartNeighbors(bench).Accepting.First();

        var results = await HungZebraCase.RunAsync(
            bench,
            async (zebra, token) =>
            {
                await bench.Router.ReviveAsync(zebra, token);
                await DaemonFailures.LeaveRouteAsync(lab, neighbor);
            },
            Need.Token
        );

        DaemonFailures.IsLeft(results, "hung-ends", neighbor);
    }
}
