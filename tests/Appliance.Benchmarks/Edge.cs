using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Appliance.Build.Documents;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Daemons;
using Appliance.Lab.Linux;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Rendering.Documents;
using Appliance.Verify.Processes;

namespace Appliance.Benchmarks;

/// <summary>
/// What the policy of an edge costs: the example network's router01 in the lab, with the rendered configuration and with
/// the shortest one that takes everything, by the same FRR. Two upstreams announce the same table.
/// </summary>
internal static class Edge
{
    private const string Site = "router01";
    private const int RoutesPerUpdate = 50;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <param name="routes">IPv6 routes of the table, /48 each.</param>
    public static async Task<int> RunAsync(int routes)
    {
        var tools = new HostTools(LabTools.SearchPath(Environment.GetEnvironmentVariable("PATH")));
        var request = new LabRequest
        {
            Plan = LabPlanner.Plan("figures", Documents()),
            Tools = tools,
            FrrVersion = await FrrRouter.VersionAsync(new ProcessGateway(tools), default),
        };
        await using var lab = await RunningLab.StartAsync(request, null, default);
        var ours = await MeasureAsync(lab, lab.ConfigurationOf(Site), routes);
        var plain = await MeasureAsync(lab, Plain(lab), routes);
        Console.WriteLine(
            $"FRR {request.FrrVersion}, {routes} IPv6 routes from each of two upstreams"
        );
        Print("start to all sessions, s", ours.Sessions, plain.Sessions);
        Print("start to a route in the kernel, s", ours.FirstRoute, plain.FirstRoute);
        Print("table in the kernel, s", ours.Table, plain.Table);
        Print("bgpd, MiB", ours.Bgpd, plain.Bgpd);
        Print("zebra, MiB", ours.Zebra, plain.Zebra);
        Print("reload of one changed line, s", ours.Reload, plain.Reload);
        return 0;
    }

    private sealed record Figures(
        double Sessions,
        double FirstRoute,
        double Table,
        double Bgpd,
        double Zebra,
        double Reload
    );

    private static async Task<Figures> MeasureAsync(
        RunningLab lab,
        string configuration,
        int routes
    )
    {
        var router = lab.Routers[Site];
        await router.StopAsync(default);
        var clock = Stopwatch.StartNew();
        await router.StartAsync(configuration, default);
        await lab.WaitForSessionsAsync(Limit, default);
        var sessions = clock.Elapsed;
        await WaitForRoutesAsync(router, 1);
        var first = clock.Elapsed;

        var bench = new SessionBench(lab, Site);
        var (table, bgpd, zebra, reload) = await SessionRun.WithoutHonestAsync(
            bench,
            bench.Sessions,
            () => LoadAsync(bench, configuration, routes),
            default
        );
        return new(
            sessions.TotalSeconds,
            first.TotalSeconds,
            table.TotalSeconds,
            bgpd,
            zebra,
            reload.TotalSeconds
        );
    }

    /// <summary>Both upstreams announce the table; then one line of the configuration changes.</summary>
    private static async Task<(
        TimeSpan Table,
        double Bgpd,
        double Zebra,
        TimeSpan Reload
    )> LoadAsync(SessionBench bench, string configuration, int routes)
    {
        var speakers = new List<BgpSpeaker>();
        try
        {
            foreach (var session in bench.Sessions)
            {
                speakers.Add(await bench.EstablishAsync(session, default));
            }

            var clock = Stopwatch.StartNew();
            await Task.WhenAll(
                bench.Sessions.Zip(
                    speakers,
                    (session, speaker) => AnnounceAsync(speaker, session, routes)
                )
            );
            await WaitForRoutesAsync(bench.Router, routes);
            await WaitForTablesAsync(bench.Lab, bench.Router, routes);
            var table = clock.Elapsed;
            var bgpd = await ResidentAsync(bench.Router, FrrDaemon.Bgp);
            var zebra = await ResidentAsync(bench.Router, FrrDaemon.Zebra);
            clock.Restart();
            await bench.Router.ReloadAsync(Changed(configuration), default);
            return (table, bgpd, zebra, clock.Elapsed);
        }
        finally
        {
            foreach (var speaker in speakers)
            {
                await speaker.DisposeAsync();
            }
        }
    }

    /// <summary>2a02::/48 and those after it, fifty a message, each message with an origin of its own.</summary>
    private static async Task AnnounceAsync(BgpSpeaker speaker, LabSession session, int routes)
    {
        for (var first = 0; first < routes; first += RoutesPerUpdate)
        {
            var update = new BgpUpdate
            {
                Attributes =
                [
                    PathAttribute.Origin,
                    PathAttribute.AsPath(
                        AsPathSegment.Sequence(
                            session.Neighbor.Asn,
                            6939,
                            200_000 + (uint)(first / RoutesPerUpdate % 5000)
                        )
                    ),
                    PathAttribute.Reach(
                        RouteFamily.Ipv6,
                        [session.UpstreamAddress],
                        Enumerable
                            .Range(first, Math.Min(RoutesPerUpdate, routes - first))
                            .Select(Prefix)
                    ),
                ],
            };
            await speaker.SendAsync(update.ToMessage(), default);
        }
    }

    private static IPNetwork Prefix(int number) =>
        new(
            new IPAddress([
                0x2a,
                0x02,
                0,
                (byte)(number >> 16),
                (byte)(number >> 8),
                (byte)number,
                .. new byte[10],
            ]),
            48
        );

    /// <summary>Until zebra has that many routes of BGP in the kernel.</summary>
    private static async Task WaitForRoutesAsync(IEdgeRouter router, int routes)
    {
        await WaitAsync(async () =>
        {
            var answer = await router.ShowAsync(["show ipv6 route summary json"], default);
            return answer[0]
                    .GetProperty("routes")
                    .EnumerateArray()
                    .Where(kind =>
                        kind.GetProperty("type")
                            .GetString()!
                            .Contains("bgp", StringComparison.Ordinal)
                    )
                    .Sum(kind => kind.GetProperty("fib").GetInt32()) >= routes;
        });
    }

    /// <summary>Until both neighbors' tables have been read.</summary>
    private static Task WaitForTablesAsync(RunningLab lab, IEdgeRouter router, int routes) =>
        WaitAsync(async () =>
            (await SessionState.OfEdgeAsync(lab.Plan, Site, router, default)).All(state =>
                state.Received >= routes
            )
        );

    private static async Task WaitAsync(Func<Task<bool>> isDone)
    {
        var clock = Stopwatch.StartNew();
        while (!await isDone())
        {
            if (clock.Elapsed > Limit)
            {
                throw new TimeoutException($"not done after {Limit}");
            }

            await Task.Delay(BetweenLooks);
        }
    }

    private static async Task<double> ResidentAsync(IEdgeRouter router, FrrDaemon daemon) =>
        double.Parse(
            File.ReadLines($"/proc/{await router.ProcessIdAsync(daemon, default)}/status")
                .First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))[6..^2],
            CultureInfo.InvariantCulture
        ) / 1024;

    private static string Changed(string configuration) =>
        configuration.Replace(
            "description lagrange",
            "description lagrange-again",
            StringComparison.Ordinal
        );

    /// <summary>The shortest configuration with which both sessions come up and everything is taken.</summary>
    private static string Plain(RunningLab lab)
    {
        var sessions = lab.Plan.Sessions.Where(session => session.Edge == Site).ToList();
        var router = lab.Plan.Document(Site).Bgp!.RouterId;
        var lines = new List<string>
        {
            $"router bgp {sessions[0].EdgeAsn}",
            $" bgp router-id {router}",
            " no bgp ebgp-requires-policy",
            " no bgp default ipv4-unicast",
        };
        foreach (var session in sessions)
        {
            lines.Add($" neighbor {session.UpstreamAddress} remote-as {session.Neighbor.Asn}");
            lines.Add($" neighbor {session.UpstreamAddress} description {session.Neighbor.Name}");
            if (session.Neighbor.PasswordSecret is { } name)
            {
                lines.Add(
                    $" neighbor {session.UpstreamAddress} password {lab.Request.Secrets.Find(name)}"
                );
            }
        }

        lines.Add(" address-family ipv6 unicast");
        lines.AddRange(
            sessions.Select(session => $"  neighbor {session.UpstreamAddress} activate")
        );
        lines.AddRange([" exit-address-family", "exit", ""]);
        return string.Join('\n', lines);
    }

    private static IReadOnlyList<SiteDocument> Documents()
    {
        var profiles = Path.Combine(AppContext.BaseDirectory, "profiles");
        var path = Path.Combine(profiles, "networks", "example.yaml");
        var network = NetworkFile.ReadFile(path, path).Value!;
        return
        [
            .. network.Sites.Select(site =>
            {
                var profile = Path.Combine(profiles, site.Profile.Value.Text + ".yaml");
                return SiteDocumentFactory.Create(
                    network,
                    Derivation.For(network, site),
                    ProfileFile.ReadFile(profile, profile).Value!
                );
            }),
        ];
    }

    private static void Print(string name, double ours, double plain) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name, -34} ours {ours, 8:F2}   no policy {plain, 8:F2}   ratio {ours / plain, 6:F2}"
            )
        );
}
