using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// An edge whose frr.conf holds something back until the machine's preflight lets it go; only a virtual machine has one.
/// </summary>
internal sealed partial class HeldEdge(SessionBench bench)
{
    /// <summary>A preflight asks far ends and caches before it lets go.</summary>
    private static readonly TimeSpan LiftLimit = TimeSpan.FromMinutes(1);

    private readonly PreflightDocument? preflight = bench.Lab.Plan.Node(bench.Edge).IsVirtualMachine
        ? bench.Document.Preflight
        : null;

    /// <summary>Sessions come up, but nothing is told before RPKI caches answer.</summary>
    public bool HoldsAnnouncements => preflight is { Hold: PreflightHold.Announcements };

    /// <summary>No session comes up before RPKI caches answer.</summary>
    public bool HoldsSessions => preflight is { Hold: PreflightHold.Sessions };

    /// <summary>In this time an edge that has started again has told its neighbors what it is to tell.</summary>
    public TimeSpan TellLimit => HoldsAnnouncements ? LiftLimit : RestartStand.Limit;

    /// <summary>In this time the preflight has tried, and tried again.</summary>
    public TimeSpan TwoTries => TimeSpan.FromSeconds(2 * preflight?.RetrySeconds ?? 0);

    /// <summary>Waits until the preflight has let go: before that nothing can be said of what an edge tells.</summary>
    /// <returns>Null where nothing is held back.</returns>
    public async Task<CaseResult?> LiftAsync(CancellationToken token)
    {
        if (!HoldsAnnouncements && !HoldsSessions)
        {
            return null;
        }

        var clock = Stopwatch.StartNew();
        var lifted = await bench.WaitAsync(
            async () => IsFree(await bench.Router.CommandAsync(["show running-config"], token)),
            LiftLimit,
            token
        );
        return new(
            bench.Edge,
            "preflight",
            "the preflight lets go of what it holds back",
            lifted ? CaseOutcome.Passed : CaseOutcome.Failed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"show running-config: {(lifted ? "nothing held" : "still held")} after {clock.Elapsed.TotalSeconds:0.0} s"
            )
        );
    }

    /// <summary>A running configuration that holds nothing back, of a bgpd that has been given one.</summary>
    internal static bool IsFree(string running) =>
        running.Contains("\nrouter bgp ", StringComparison.Ordinal) && !Held().IsMatch(running);

    /// <summary>A configuration as it stands once the preflight has let go.</summary>
    public static string Lifted(string configuration) => Holds().Replace(configuration, "");

    [GeneratedRegex(
        @"^(route-map \S+ deny 1\n description held by preflight\nexit\n| bgp shutdown message preflight\n)",
        RegexOptions.Multiline
    )]
    private static partial Regex Holds();

    [GeneratedRegex(@"^ (description held by preflight|bgp shutdown)", RegexOptions.Multiline)]
    private static partial Regex Held();
}
