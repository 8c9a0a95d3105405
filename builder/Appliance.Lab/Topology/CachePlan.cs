using System.Net;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Topology;

/// <summary>The RPKI caches of all sites: one node has the addresses of all of them.</summary>
internal sealed class CachePlan
{
    private readonly Dictionary<string, IPAddress> addresses;

    public CachePlan(IReadOnlyList<SiteDocument> documents)
    {
        var caches = documents.SelectMany(site => site.Bgp?.RpkiCaches ?? []).Distinct().ToList();
        addresses = FarNode.Addresses(caches.Select(item => item.Host), LabNumbers.NamedCache);

        Servers =
        [
            .. caches.Select(cache => new IPEndPoint(addresses[cache.Host], cache.Port)).Distinct(),
        ];
        Documents = [.. documents.Select(WithAddresses)];
    }

    /// <summary>What sites ask.</summary>
    public IReadOnlyList<IPEndPoint> Servers { get; }

    /// <summary>The documents with addresses instead of names, which nothing in a lab would resolve.</summary>
    public IReadOnlyList<SiteDocument> Documents { get; }

    /// <param name="number">Of its cable.</param>
    /// <returns>Null when no site asks a cache.</returns>
    public PlannedNode? Node(Layout layout, int number) =>
        Servers.Count == 0
            ? null
            : FarNode.Of(layout, number, LabNames.Cache, LabNodeKind.Cache, addresses.Values);

    private SiteDocument WithAddresses(SiteDocument site) =>
        site.Bgp is null
            ? site
            : site with
            {
                Bgp = site.Bgp with
                {
                    RpkiCaches =
                    [
                        .. site.Bgp.RpkiCaches.Select(cache =>
                            cache with
                            {
                                Host = addresses[cache.Host].ToString(),
                                // The lab's servers speak plain TCP: what they say is what is tested.
                                Ssh = null,
                            }
                        ),
                    ],
                },
            };
}
