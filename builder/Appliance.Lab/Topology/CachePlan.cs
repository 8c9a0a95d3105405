using System.Net;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Topology;

/// <summary>The RPKI caches of all sites: one node has the addresses of all of them.</summary>
internal sealed class CachePlan
{
    private readonly Dictionary<string, IPAddress> addresses = new(StringComparer.Ordinal);

    public CachePlan(IReadOnlyList<SiteDocument> documents)
    {
        var caches = documents.SelectMany(site => site.Bgp?.RpkiCaches ?? []).Distinct().ToList();
        foreach (var host in caches.Select(cache => cache.Host).Distinct(StringComparer.Ordinal))
        {
            addresses[host] = IPAddress.TryParse(host, out var address)
                ? address
                : LabNumbers.NamedCache(addresses.Count);
        }

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
    public PlannedNode? Node(Layout layout, int number)
    {
        if (Servers.Count == 0)
        {
            return null;
        }

        var segment = addresses
            .Values.Select(layout.SegmentWith)
            .FirstOrDefault(found => found is not null);
        var onLink = addresses
            .Values.Where(address => segment?.PrefixOf(address) is not null)
            .ToList();
        return new(
            number,
            new LabNode
            {
                Name = LabNames.Cache,
                Kind = LabNodeKind.Cache,
                Namespace = layout.Namespace(LabNames.Cache),
                Devices =
                [
                    PlannedNode.ToWorld(number),
                    .. segment is null
                        ? Array.Empty<LabDevice>()
                        :
                        [
                            PlannedNode.ToSegment(
                                segment,
                                number,
                                [.. onLink.Select(address => segment.OnLink(address)!)]
                            ),
                        ],
                ],
                Loopbacks = [.. addresses.Values.Except(onLink)],
                Routes = PlannedNode.Defaults(number),
            },
            segment
        );
    }

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
