using System.Text.RegularExpressions;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Matrix.Sessions;

/// <summary>
/// An edge whose frr.conf holds something back until the machine's preflight lets it go; only a virtual machine has one.
/// </summary>
internal sealed partial class HeldEdge(SessionBench bench)
{
    /// <summary>A preflight asks far ends and caches before it lets go.</summary>
    public static TimeSpan LiftLimit { get; } = TimeSpan.FromMinutes(1);

    private readonly PreflightDocument? preflight = bench.Lab.Plan.Node(bench.Edge).IsVirtualMachine
        ? bench.Document.Preflight
        : null;

    /// <summary>Sessions come up, but nothing is told before RPKI caches answer.</summary>
    public bool HoldsAnnouncements => preflight is { Hold: PreflightHold.Announcements };

    /// <summary>No session comes up before RPKI caches answer.</summary>
    public bool HoldsSessions => preflight is { Hold: PreflightHold.Sessions };

    /// <summary>In this time the preflight has tried, and tried again.</summary>
    public TimeSpan TwoTries => TimeSpan.FromSeconds(2 * preflight?.RetrySeconds ?? 0);

    /// <summary>A configuration as it stands once the preflight has let go.</summary>
    public static string Lifted(string configuration) => Holds().Replace(configuration, "");

    [GeneratedRegex(
        @"^(route-map \S+ deny 1\n description held by preflight\nexit\n| bgp shutdown message preflight\n)",
        RegexOptions.Multiline
    )]
    private static partial Regex Holds();
}
