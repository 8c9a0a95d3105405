using Appliance.Rendering.Files.Routing;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Daemons;

/// <summary>One of FRR's daemons.</summary>
/// <param name="Arguments">Beyond those that all of them get.</param>
public sealed record FrrDaemon(Tool Tool, params IReadOnlyList<string> Arguments)
{
    public string Name => Tool.Name;

    public static FrrDaemon Zebra { get; } =
        new(
            Tools.Zebra,
            // Netlink's buffer, for tables of the size of the Internet's.
            "-s",
            "16777216"
        );

    public static FrrDaemon Static { get; } = new(Tools.Staticd);

    public static FrrDaemon Bgp { get; } = new(Tools.FrrBgpd, "-M", FrrModules.Rpki);

    private static FrrDaemon MonitoredBgp { get; } =
        Bgp with
        {
            Arguments = [.. Bgp.Arguments, "-M", FrrModules.Bmp],
        };

    public static FrrDaemon Bfd { get; } = new(Tools.Bfdd);

    /// <summary>Starts the others again on a router; it has no configuration.</summary>
    public static FrrDaemon Watch { get; } = new(Tools.Watchfrr);

    /// <summary>Those that a configuration speaks to, in the order in which they start.</summary>
    public static IReadOnlyList<FrrDaemon> For(string configuration) =>
        [
            Zebra,
            Static,
            HasWord(configuration, "bmp") ? MonitoredBgp : Bgp,
            .. HasWord(configuration, "bfd") ? new[] { Bfd } : [],
        ];

    private static bool HasWord(string configuration, string word) =>
        configuration
            .Split('\n')
            .Where(line => !line.TrimStart().StartsWith('!'))
            .Any(line => line.Split(' ').Contains(word));
}
