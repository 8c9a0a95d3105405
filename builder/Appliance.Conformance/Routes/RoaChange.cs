using System.Diagnostics;
using Appliance.Lab;
using Appliance.Lab.Rpki;
using Appliance.Lab.Running;

namespace Appliance.Conformance.Routes;

/// <summary>Changes the ROAs of the caches, and waits until an edge has them.</summary>
internal static class RoaChange
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(300);

    /// <summary>Adds ROAs; those of the same prefixes are replaced.</summary>
    /// <exception cref="LabException">The edge did not receive them in time.</exception>
    public static async Task SetAsync(
        RunningLab lab,
        string edge,
        IReadOnlyList<RoaEntry> roas,
        CancellationToken token
    )
    {
        if (roas.Count == 0)
        {
            return;
        }

        var prefixes = roas.Select(roa => roa.Prefix).ToHashSet();
        await lab.Rpki.SetAsync(
            [.. lab.Rpki.Entries.Where(entry => !prefixes.Contains(entry.Prefix)), .. roas],
            token
        );
        var last = roas[^1];
        var clock = Stopwatch.StartNew();
        while (
            !HasEntry(await lab.Routers[edge].CommandAsync(["show rpki prefix-table"], token), last)
        )
        {
            if (clock.Elapsed > Limit)
            {
                throw new LabException(
                    LabFault.Failed,
                    $"{edge} did not receive the changed ROAs within {Limit.TotalSeconds:0} s"
                );
            }

            await Task.Delay(BetweenLooks, token);
        }
    }

    /// <summary>"2d00:4000::    32 -  32    64496".</summary>
    private static bool HasEntry(string table, RoaEntry roa)
    {
        string[] expected = [roa.Prefix.BaseAddress.ToString(), $"{roa.Asn}"];
        return table
            .Split('\n')
            .Select(line =>
                line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries)
            )
            .Any(words => words.Length > 1 && words[0] == expected[0] && words[^1] == expected[1]);
    }
}
