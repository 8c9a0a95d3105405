using System.Net;
using Appliance.Conformance.Bmp;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Running;
using Appliance.Tests.Support;
using Appliance.Verify.Processes;

namespace Appliance.Conformance.Tests.Bmp;

/// <summary>What a BMP station receives from a real bgpd, and the failure of the case without it.</summary>
public sealed class MonitoringTests
{
    private const string Edge = "edge1";
    private const string Case = "what a monitoring station hears";

    [Fact]
    public async Task A_station_receives_every_session_and_rejected_routes_and_a_missing_connection_fails()
    {
        Need.WholeLab();
        Need.Tool(Tools.FrrReload);
        await using var lab = await Labs.StartAsync("t-bmp", "every-role");
        Assert.SkipUnless(
            lab.Request.FrrModules!.Contains("bmp"),
            "this computer's FRR has no bgpd_bmp.so"
        );
        await using var stations = await BmpStations.OpenAsync(lab.Plan);
        await lab.WaitForSessionsAsync(TimeSpan.FromSeconds(40), Need.Token);

        var results = await CasesAsync(lab, stations);
        foreach (var result in results)
        {
            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{result.Outcome} {result.Session} {result.Id}: {result.Evidence}"
            );
        }

        Assert.All(
            results,
            result =>
                Assert.True(
                    result.Outcome == CaseOutcome.Passed,
                    $"{result.Session} {result.Id}: {result.Evidence}"
                )
        );
        var sessions = lab.Plan.Sessions.Count(session => !session.IsShutDown);
        Assert.Equal(1 + (3 * sessions), results.Count);

        var state = State(stations);
        await lab.Routers[Edge].ReloadAsync(lab.ConfigurationOf(Edge), Need.Token);
        Assert.Same(state, State(stations));
        Assert.Null(state.Ending);

        await RestartAsync(
            lab,
            lab.ConfigurationWithout(Edge, "monitored-routes/small", "monitored-routes/told")
        );
        Assert.Equal(
            ["edge1–small bmp-routes", "edge1–told bmp-routes"],
            (await CasesAsync(lab, stations))
                .Where(result => result.Outcome == CaseOutcome.Failed)
                .Select(result => $"{result.Session} {result.Id}")
        );

        await RestartAsync(
            lab,
            lab.ConfigurationOf(Edge).Replace("port 11019", "port 11020", StringComparison.Ordinal)
        );
        AssertSilent(await CasesAsync(lab, stations));

        await RestartAsync(lab, lab.ConfigurationWithout(Edge, "monitoring"));
        AssertSilent(await CasesAsync(lab, stations));
    }

    [Fact]
    public async Task An_edge_whose_FRR_has_no_BMP_module_is_skipped_with_the_reason()
    {
        Need.WholeLab();
        await using var lab = await Labs.StartAsync(
            "t-nobmp",
            Networks.WithStation("station.example.net"),
            request => request with { FrrModules = ["rpki"] }
        );
        await using var stations = await BmpStations.OpenAsync(lab.Plan);
        var only = Assert.Single(await CasesAsync(lab, stations, "router01"));
        Assert.Equal((CaseOutcome.Skipped, "bmp"), (only.Outcome, only.Id));
        Assert.Equal(
            "the FRR of router01 has no BMP module, so 100.64.254.1 port 11019 receives nothing",
            only.Evidence
        );
    }

    /// <summary>The station has the state of the connection before the restart.</summary>
    private static void AssertSilent(IReadOnlyList<CaseResult> results)
    {
        var only = Assert.Single(results);
        Assert.Equal((CaseOutcome.Failed, "bmp"), (only.Outcome, only.Id));
        Assert.EndsWith("; closed", only.Evidence, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<CaseResult>> CasesAsync(
        RunningLab lab,
        BmpStations stations,
        string edge = Edge
    ) =>
        [
            .. (await new SessionRun(lab, stations).RunAsync(edge, [Case], null, Need.Token)).Where(
                result => result.Id != "left-out"
            ),
        ];

    private static BmpRouterState State(BmpStations stations) =>
        Assert.Single(stations.All).Find([IPAddress.Parse("11.220.0.10")])!;

    private static async Task RestartAsync(RunningLab lab, string configuration)
    {
        await lab.Routers[Edge].StopAsync(Need.Token);
        await lab.Routers[Edge].StartAsync(configuration, Need.Token);
    }
}
