namespace Appliance.FirstBoot.Preflight;

/// <summary>What the rendered frr.conf holds back, and the commands that let it go.</summary>
internal static class Hold
{
    public const string ConfigurationPath = "/usr/local/etc/frr/frr.conf";

    private const string Sessions = " bgp shutdown message preflight";
    private const string Announcements = " description held by preflight";

    /// <summary>
    /// "router bgp 64500", "no bgp shutdown"; or "no route-map export-ifog deny 1" for each map. Nothing where
    /// nothing is held.
    /// </summary>
    public static IReadOnlyList<string> LiftingCommands(string configuration)
    {
        var lines = configuration.Split('\n');
        var commands = new List<string>();
        for (var index = 1; index < lines.Length; index++)
        {
            if (
                lines[index] == Announcements
                && lines[index - 1].StartsWith("route-map ", StringComparison.Ordinal)
            )
            {
                commands.Add($"no {lines[index - 1]}");
            }
            else if (lines[index] == Sessions)
            {
                commands.Add(
                    Array.FindLast(
                        lines[..index],
                        line => line.StartsWith("router bgp ", StringComparison.Ordinal)
                    ) ?? throw new FirstBootException("frr.conf holds sessions of no router")
                );
                commands.Add("no bgp shutdown");
            }
        }

        return commands;
    }
}
