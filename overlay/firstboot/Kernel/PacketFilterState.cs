namespace Appliance.FirstBoot.Kernel;

/// <summary>pf(4) as it runs, beside what its file says.</summary>
/// <param name="Enabled">"Status: Enabled".</param>
/// <param name="Loaded">Rules in the kernel.</param>
/// <param name="Configured">Rules that the configuration file makes on this machine.</param>
internal sealed record PacketFilterState(
    bool Enabled,
    IReadOnlyList<string> Loaded,
    IReadOnlyList<string> Configured
);

/// <summary>Reads pfctl(8).</summary>
internal static class PacketFilterParser
{
    private static readonly string[] RuleWords =
    [
        "scrub",
        "match",
        "pass",
        "block",
        "anchor",
        "nat",
        "binat",
        "rdr",
        "no",
        "nat-anchor",
        "rdr-anchor",
        "binat-anchor",
    ];

    /// <summary>From <c>pfctl -si</c>.</summary>
    public static bool IsEnabled(string status) =>
        status.Contains("Status: Enabled", StringComparison.Ordinal);

    /// <summary>
    /// The rules among the lines of <c>pfctl -sn</c>, <c>-sr</c> or <c>-nvf</c>, in one spelling: macros and
    /// options are left out, and tables that the optimiser made lose the random part of their names.
    /// </summary>
    public static IReadOnlyList<string> Rules(string text) =>
        [
            .. text.Split('\n')
                .Select(line =>
                    string.Join(
                        ' ',
                        line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)
                            .Select(WithoutRandom)
                    )
                )
                .Where(line => RuleWords.Contains(line.Split(' ', 2)[0])),
        ];

    private static string WithoutRandom(string word)
    {
        const string Automatic = "<__automatic_";
        return word.StartsWith(Automatic, StringComparison.Ordinal) ? Automatic + ">" : word;
    }
}
