using Appliance.Lab.Topology;
using Appliance.Verify.Processes;

namespace Appliance.Lab.Running;

/// <summary>
/// Kills what lives in a lab's namespaces when the lab's keeper is killed: daemons that left their parent as well. The
/// namespaces themselves stay for <c>lab down</c>.
/// </summary>
internal sealed class LabWatch : IDisposable
{
    /// <summary>Twice, for processes that were started meanwhile. A line instead of the end means that all is well.</summary>
    private const string Script = """
        read -r line && exit 0
        for round in 1 2; do
            for name; do
                for pid in $(ip netns pids "$name"); do kill -9 "$pid"; done
            done
        done
        """;

    private readonly DeathWatch? watch;

    public LabWatch(LabPlan plan, HostTools tools)
    {
        watch = DeathWatch.Start(
            tools,
            Script.ReplaceLineEndings("\n"),
            [.. plan.Nodes.Select(node => node.Namespace)]
        );
    }

    public void Dispose()
    {
        watch?.Send("end");
        watch?.Dispose();
    }
}
