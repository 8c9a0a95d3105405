using System.Diagnostics;
using System.Globalization;
using Appliance.Conformance;
using Appliance.Conformance.Bmp;
using Appliance.Conformance.Packets;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Daemons;
using Appliance.Lab.Linux;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Verify.Processes;

namespace Appliance.Boot.Tests;

/// <summary>
/// The example network as a lab whose edge is a virtual machine, booted once for all that is asked about it: first while
/// the far end of a tunnel is silent, then with everything there.
/// </summary>
public sealed class VirtualLab
{
    public const string Edge = "router01";
    public const string Host = "vps01";

    private const int RetrySeconds = 3;
    private static readonly TimeSpan SessionLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LiftLimit = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Lock start = new();
    private Task<Seen>? boot;

    /// <summary>What was seen, in this order.</summary>
    /// <param name="Sessions">While the far end was silent.</param>
    /// <param name="Held">The preflight's own words then.</param>
    /// <param name="ToldWhileHeld">What BIRD had of our prefix at every look, over more than one retry of the preflight.</param>
    /// <param name="ToldAfterwards">The same once the far end answered.</param>
    /// <param name="Cases">The whole matrix.</param>
    /// <param name="Unfiltered">The case of spoofed sources without pf.</param>
    /// <param name="WithoutRule">Cases about sessions after one rule was taken out of the running FRR.</param>
    internal sealed record Seen(
        IReadOnlyList<SessionState> Sessions,
        string Held,
        IReadOnlyList<string> ToldWhileHeld,
        string ToldAfterwards,
        IReadOnlyList<CaseResult> Cases,
        CaseResult Unfiltered,
        IReadOnlyList<CaseResult> WithoutRule
    );

    /// <summary>Boots at the first call; skips the test by name where this machine cannot.</summary>
    internal Task<Seen> BootAsync()
    {
        lock (start)
        {
            return boot ??= BootOnceAsync();
        }
    }

    private static async Task<Seen> BootOnceAsync()
    {
        RealSets.SkipUnlessBootable();
        var tools = LabTools.OfThisComputer();
        SkipUnlessLab(tools);
        var token = TestContext.Current.CancellationToken;
        // The test is skipped here, and not in the middle of a lab, where there are no packages.
        RealPackages.SkipUnlessHere();
        await using var lab = await RunningLab.StartAsync(
            await RequestAsync(tools, token),
            null,
            token
        );
        var sessions = await lab.WaitForSessionsAsync(SessionLimit, token);
        var held = await PreflightAsync(lab, token);
        var whileHeld = await WatchAsync(lab, token);
        await CableAsync(lab.Plan, lab.Ip, "up", token);
        var afterwards = await UntilToldAsync(lab, token);
        var cases = await new MatrixRun(lab).RunAsync(MatrixParts.All, null, token);
        return new(
            sessions,
            held,
            whileHeld,
            afterwards,
            cases,
            await WithoutFilterAsync(lab, token),
            await WithoutRuleAsync(lab, token)
        );
    }

    /// <summary>Sessions without a policy take everything then; the quick ones of the other cases are asked, too.</summary>
    private static async Task<IReadOnlyList<CaseResult>> WithoutRuleAsync(
        RunningLab lab,
        CancellationToken token
    )
    {
        await lab.Routers[Edge]
            .ReloadAsync(
                EdgePreflight.Released(lab.ConfigurationWithout(Edge, "requires-policy")),
                token
            );
        string[] asked = ["a session without a policy", "garbage", "silence"];
        await using var stations = await BmpStations.OpenAsync(lab.Plan);
        return await new SessionRun(lab, stations).RunAsync(Edge, asked, null, token);
    }

    private static void SkipUnlessLab(HostTools tools)
    {
        var reason =
            Root.WhyNot()
            ?? new[]
            {
                Tools.Ip,
                Tools.Vtysh,
                Tools.Zebra,
                Tools.FrrReload,
                Tools.Bird,
                Tools.StayRtr,
                Tools.Ssh,
            }
                .Where(tool => !tools.Has(tool))
                .Select(tool => $"{tool.Name} is not installed (Debian: {tool.Debian})")
                .FirstOrDefault();
        Assert.SkipUnless(reason is null, reason ?? "");
    }

    private static async Task<LabRequest> RequestAsync(HostTools tools, CancellationToken token)
    {
        var edge = TestImage.Document(Edge, packages: true) with
        {
            Preflight = new() { Hold = PreflightHold.Announcements, RetrySeconds = RetrySeconds },
        };
        var plan = LabPlanner.Plan(
            string.Create(CultureInfo.InvariantCulture, $"b{Environment.ProcessId}"),
            LoweredLimits.Of([edge, TestImage.Document(Host)]),
            [Edge]
        );
        return new()
        {
            Plan = plan,
            Tools = tools,
            FrrVersion = await FrrRouter.VersionAsync(new ProcessGateway(tools), token),
            WriteImage = async (document, path, stop) =>
            {
                // The network is there by now, and the machine is not.
                await CableAsync(
                    plan,
                    new IpTool(new ProcessGateway(tools), LabNames.Folder(plan.Name)),
                    "down",
                    stop
                );
                await TestImage.WriteAsync(document, path, stop);
            },
        };
    }

    /// <summary>The cable of the host behind the edge's tunnel, at the switch.</summary>
    private static Task CableAsync(LabPlan plan, IpTool ip, string state, CancellationToken token)
    {
        var port = plan.World.Devices.OfType<CableEnd>().First(cable => cable.PeerNode == Host);
        return ip.BatchAsync(
            plan.World.Namespace,
            $"cable.{state}",
            [$"link set dev {port.Name} {state}"],
            token
        );
    }

    private static async Task<string> PreflightAsync(RunningLab lab, CancellationToken token) =>
        (
            await lab.Shell(Edge).RunUncheckedAsync("service appliance_preflight status", token)
        ).StandardOutput;

    /// <summary>Looks at the neighbors while the preflight has tried, and tried again.</summary>
    private static async Task<IReadOnlyList<string>> WatchAsync(
        RunningLab lab,
        CancellationToken token
    )
    {
        var seen = new List<string>();
        for (var look = 0; look < 4 * RetrySeconds; look++)
        {
            seen.Add(await ToldAsync(lab, token));
            await Task.Delay(BetweenLooks, token);
        }

        return seen;
    }

    private static async Task<string> UntilToldAsync(RunningLab lab, CancellationToken token)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var told = await ToldAsync(lab, token);
            if (
                lab.Plan.Sessions.All(session =>
                    told.Contains($"{session.Upstream}: {Prefix(lab)}", StringComparison.Ordinal)
                )
                || clock.Elapsed > LiftLimit
            )
            {
                return told;
            }

            await Task.Delay(BetweenLooks, token);
        }
    }

    /// <summary>What each neighbor has of our prefix from the edge itself, "lagrange: 2001:db8:1c::/48 …"; nothing where it has none.</summary>
    private static async Task<string> ToldAsync(RunningLab lab, CancellationToken token)
    {
        var told = new List<string>();
        var processes = new ProcessGateway(lab.Request.Tools);
        foreach (var session in lab.Plan.Sessions)
        {
            var answer = await processes.RunUncheckedAsync(
                new(
                    Tools.BirdControl,
                    "-s",
                    Path.Combine(lab.NodeFolder(session.Upstream), "bird.ctl"),
                    "show",
                    "route",
                    "all",
                    Prefix(lab)
                ),
                token
            );
            told.AddRange(
                answer
                    .StandardOutput.Split('\n')
                    .Where(line => line.Contains(Prefix(lab), StringComparison.Ordinal))
                    .Select(line => $"{session.Upstream}: {line.Trim()}")
            );
        }

        return string.Join('\n', told);
    }

    private static string Prefix(RunningLab lab) => lab.Plan.Document(Edge).Prefixes[0];

    private static async Task<CaseResult> WithoutFilterAsync(
        RunningLab lab,
        CancellationToken token
    )
    {
        var shell = lab.Shell(Edge);
        await shell.RunUncheckedAsync("pfctl -d", token);
        return await SpoofedCase.RunAsync(PacketBench.Of(lab, Edge)!, token);
    }
}
