using System.Net;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Topology;

/// <summary>A BMP station that edges speak to.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="Node">Name of the node that has the address.</param>
public sealed record LabStation(IPEndPoint Address, string Node);

/// <summary>The BMP stations of all sites: one node has the addresses of all that are not on a node already.</summary>
internal sealed class StationPlan
{
    private readonly Dictionary<string, IPAddress> addresses;
    private readonly List<IPAddress> own;

    /// <param name="documents">Of all sites, as the caches' plan left them.</param>
    /// <param name="caches">A cache and a station may be one machine.</param>
    public StationPlan(IReadOnlyList<SiteDocument> documents, IReadOnlyList<IPEndPoint> caches)
    {
        var stations = documents
            .Select(site => site.Bgp?.Bmp)
            .OfType<BmpDocument>()
            .Distinct()
            .ToList();
        addresses = FarNode.Addresses(stations.Select(item => item.Host), LabNumbers.NamedStation);

        own = [.. addresses.Values.Except(caches.Select(cache => cache.Address))];
        Stations =
        [
            .. stations
                .Select(station => new IPEndPoint(addresses[station.Host], station.Port))
                .Distinct()
                .Select(address => new LabStation(
                    address,
                    own.Contains(address.Address) ? LabNames.Station : LabNames.Cache
                )),
        ];
        Documents = [.. documents.Select(WithAddresses)];
    }

    public IReadOnlyList<LabStation> Stations { get; }

    /// <summary>The documents with addresses instead of names, which nothing in a lab would resolve.</summary>
    public IReadOnlyList<SiteDocument> Documents { get; }

    /// <param name="number">Of its cable.</param>
    /// <returns>Null when no site speaks to a station, or the caches' node has them.</returns>
    public PlannedNode? Node(Layout layout, int number) =>
        own.Count == 0
            ? null
            : FarNode.Of(layout, number, LabNames.Station, LabNodeKind.Station, own);

    private SiteDocument WithAddresses(SiteDocument site) =>
        site.Bgp?.Bmp is not { } station
            ? site
            : site with
            {
                Bgp = site.Bgp with
                {
                    Bmp = station with { Host = addresses[station.Host].ToString() },
                },
            };
}
