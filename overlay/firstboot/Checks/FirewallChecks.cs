using System.Globalization;
using Appliance.FirstBoot.Kernel;

namespace Appliance.FirstBoot.Checks;

/// <summary>pf runs, with the rules of its file, all of them and no others.</summary>
internal static class FirewallChecks
{
    public static void Add(CheckList list, Expectation expected, KernelSnapshot kernel)
    {
        if (!expected.IsEnabled("pf_enable"))
        {
            return;
        }

        var filter = kernel.PacketFilter;
        list.Equal("pf.status", "enabled", filter.Enabled ? "enabled" : "disabled");
        list.Add(
            "pf.rules.count",
            filter.Configured.Count > 0 && filter.Loaded.Count == filter.Configured.Count,
            Count(filter.Configured),
            Count(filter.Loaded)
        );
        var difference = filter
            .Configured.Zip(filter.Loaded)
            .FirstOrDefault(pair => pair.First != pair.Second);
        list.Add(
            "pf.rules.content",
            filter.Configured.Count > 0
                && filter.Configured.SequenceEqual(filter.Loaded, StringComparer.Ordinal),
            difference.First ?? "the rules of /etc/pf.conf",
            difference.Second ?? "the same"
        );
        list.Add(
            "pf.rules.block",
            filter.Loaded.Any(IsDefaultBlock),
            "a rule that blocks by default",
            filter.Loaded.FirstOrDefault(IsDefaultBlock)
        );
    }

    /// <summary>"block drop all", "block drop log all", "block return in log all" …</summary>
    private static bool IsDefaultBlock(string rule) =>
        rule.StartsWith("block", StringComparison.Ordinal)
        && rule.EndsWith(" all", StringComparison.Ordinal)
        && !rule.Contains(" on ", StringComparison.Ordinal)
        && !rule.Contains(" proto ", StringComparison.Ordinal)
        && !rule.Contains(" out ", StringComparison.Ordinal);

    private static string Count(IReadOnlyList<string> rules) =>
        rules.Count.ToString(CultureInfo.InvariantCulture);
}
