namespace Appliance.FirstBoot.Kernel;

/// <summary>What rc scripts print for "status": "zebra is running as pid 123." or "zebra is not running."</summary>
internal static class DaemonListParser
{
    private const string RunningText = " is running as pid";

    /// <summary>Names of the daemons that run.</summary>
    public static HashSet<string> Running(string text) =>
        [
            .. text.Split('\n')
                .Where(line => line.Contains(RunningText, StringComparison.Ordinal))
                .Select(line => line[..line.IndexOf(RunningText, StringComparison.Ordinal)].Trim()),
        ];
}
