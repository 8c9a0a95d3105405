using Appliance.Lab.Linux;
using Appliance.Lab.Topology;

namespace Appliance.Lab.Bmp;

/// <summary>The BMP stations of a lab.</summary>
public sealed class BmpStations(LabPlan plan) : IAsyncDisposable
{
    private readonly List<BmpStation> all = [];

    /// <summary>Those that listen.</summary>
    public IReadOnlyList<BmpStation> All => all;

    /// <summary>
    /// Listens wherever an edge may speak. Stations stand before the edges do: one that finds nobody waits up to a minute
    /// before it looks again.
    /// </summary>
    /// <exception cref="LabException">Nobody can listen at an address.</exception>
    public void Open() =>
        all.AddRange(
            plan.Stations.Select(station =>
                BmpStation.Open(
                    new NetworkNamespace(plan.Node(station.Node).Namespace),
                    station.Address
                )
            )
        );

    public async ValueTask DisposeAsync()
    {
        foreach (var station in all)
        {
            await station.DisposeAsync();
        }

        all.Clear();
    }
}
