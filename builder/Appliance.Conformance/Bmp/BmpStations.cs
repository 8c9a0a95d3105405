using Appliance.Lab;
using Appliance.Lab.Linux;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Bmp;

/// <summary>The BMP stations of a lab.</summary>
internal sealed class BmpStations : IAsyncDisposable
{
    private readonly List<BmpStation> all = [];

    private BmpStations() { }

    /// <summary>The stations, all of them listening.</summary>
    public IReadOnlyList<BmpStation> All => all;

    /// <summary>
    /// Listens at the address of each station of the plan. A bgpd that finds none retries after one second at first
    /// and after a minute at last, so stations are opened before the first case.
    /// </summary>
    /// <exception cref="LabException">An address cannot be bound.</exception>
    public static async Task<BmpStations> OpenAsync(LabPlan plan)
    {
        var stations = new BmpStations();
        try
        {
            foreach (var station in plan.Stations)
            {
                var inside = new NetworkNamespace(plan.Node(station.Node).Namespace);
                stations.all.Add(BmpStation.Open(inside, station.Address));
            }

            return stations;
        }
        catch
        {
            await stations.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var station in all)
        {
            await station.DisposeAsync();
        }

        all.Clear();
    }
}
