using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// The hold in the frr.conf of an edge that its preflight releases; only a virtual machine has one.
/// </summary>
internal sealed partial class EdgePreflight(SessionBench bench)
{
    /// <summary>A preflight queries tunnel ends and caches before it releases the hold.</summary>
    private static readonly TimeSpan ReleaseLimit = TimeSpan.FromMinutes(1);

    private readonly PreflightDocument? preflight = bench.Lab.Plan.Node(bench.Edge).IsVirtualMachine
        ? bench.Document.Preflight
        : null;

    /// <summary>Sessions come up, but nothing is advertised before RPKI caches respond.</summary>
    public bool HoldsAnnouncements => preflight is { Hold: PreflightHold.Announcements };

    /// <summary>No session comes up before RPKI caches respond.</summary>
    public bool HoldsSessions => preflight is { Hold: PreflightHold.Sessions };

    /// <summary>Time in which a restarted edge has advertised its routes.</summary>
    public TimeSpan AdvertiseLimit => HoldsAnnouncements ? ReleaseLimit : RestartNeighbors.Limit;

    /// <summary>Time in which the preflight has tried twice.</summary>
    public TimeSpan TwoTries => TimeSpan.FromSeconds(2 * preflight?.RetrySeconds ?? 0);

    /// <summary>Waits until the preflight has released the hold; before that no export can be judged.</summary>
    /// <returns>Null where there is no hold.</returns>
    public async Task<CaseResult?> WaitForReleaseAsync(CancellationToken token)
    {
        if (!HoldsAnnouncements && !HoldsSessions)
        {
            return null;
        }

        var clock = Stopwatch.StartNew();
        var released = await bench.WaitAsync(
            async () => IsReleased(await bench.Router.CommandAsync(["show running-config"], token)),
            ReleaseLimit,
            token
        );
        return new(
            bench.Edge,
            "preflight",
            "the preflight releases its hold",
            released ? CaseOutcome.Passed : CaseOutcome.Failed,
            string.Create(
                CultureInfo.InvariantCulture,
                $"show running-config: {(released ? "nothing held" : "still held")} after {clock.Elapsed.TotalSeconds:0.0} s"
            )
        );
    }

    /// <summary>Whether a running configuration, if bgpd has read one, has no hold.</summary>
    internal static bool IsReleased(string running) =>
        running.Contains("\nrouter bgp ", StringComparison.Ordinal) && !Held().IsMatch(running);

    /// <summary>Returns a configuration without the preflight's hold.</summary>
    public static string Released(string configuration) => Holds().Replace(configuration, "");

    [GeneratedRegex(
        @"^(route-map \S+ deny 1\n description held by preflight\nexit\n| bgp shutdown message preflight\n)",
        RegexOptions.Multiline
    )]
    private static partial Regex Holds();

    [GeneratedRegex(@"^ (description held by preflight|bgp shutdown)", RegexOptions.Multiline)]
    private static partial Regex Held();
}
