using Appliance.FirstBoot.Kernel;

namespace Appliance.FirstBoot.Checks;

/// <summary>What packages brought along is up: scripts that the machine had to run, and FRR's daemons.</summary>
internal static class PackageChecks
{
    private const string Succeeded = "0";
    private const string Running = "running";

    public static void Add(CheckList list, Expectation expected, KernelSnapshot kernel)
    {
        foreach (var (script, result) in kernel.PackageScripts.OrderBy(pair => pair.Key))
        {
            var lines = result?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [];
            list.Add(
                $"package.script.{script}",
                lines is [Succeeded, ..],
                "ended with 0",
                lines is [var code, .. var said]
                    ? $"ended with {code}{(code == Succeeded || said.Length == 0 ? "" : ": " + said[^1])}"
                    : null
            );
        }

        foreach (var daemon in expected.RoutingDaemons)
        {
            var runs = kernel.RoutingDaemons.Contains(daemon);
            list.Add($"frr.{daemon}", runs, Running, runs ? Running : null);
        }
    }
}
