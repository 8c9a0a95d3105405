using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Routing;

/// <summary>Networks, limits and filters of each address family (RFC 7454).</summary>
internal static class FrrFamilies
{
    // Well above the tables of 2026-01: about 1,050,000 routes of IPv4 and 250,000 of IPv6.
    private const int DefaultMaximumPrefix4 = 1_300_000;
    private const int DefaultMaximumPrefix6 = 350_000;

    /// <summary>The families that a prefix or a neighbor of the site has.</summary>
    public static IEnumerable<FrrFamilyView> Views(Site site, BgpDocument bgp)
    {
        var prefixes = site.Document.Prefixes.ToLookup(Addresses.IsIpv6);
        var neighbors = bgp.Neighbors.ToLookup(neighbor => Addresses.IsIpv6(neighbor.Address));
        if (prefixes[false].Any() || neighbors[false].Any())
        {
            yield return Ipv4(
                [.. prefixes[false]],
                Sessions(site, neighbors[false], "v4", prefixes[false].Count())
            );
        }

        if (prefixes[true].Any() || neighbors[true].Any())
        {
            yield return Ipv6(
                [.. prefixes[true]],
                Sessions(site, neighbors[true], "v6", prefixes[true].Count())
            );
        }
    }

    /// <summary>
    /// Classes of AS numbers to refuse. One that holds our own number or a neighbor's is left out, or a lab
    /// with documentation numbers would refuse everything.
    /// </summary>
    public static IEnumerable<FrrAsnClassView> BogonAsns(SiteDocument document, BgpDocument bgp)
    {
        uint[] used = [document.Asn, .. bgp.Neighbors.Select(neighbor => neighbor.Asn)];
        return Bogons
            .AsnClasses.Where(item => !document.Lab || !used.Any(item.Contains))
            .Select(item => new FrrAsnClassView(item.Name, item.Expression));
    }

    private static FrrFamilyView Ipv4(
        IReadOnlyList<string> own,
        IReadOnlyList<FrrFamilySessionView> sessions
    ) =>
        new(
            Label: "v4",
            Keyword: "ip",
            AddressFamily: "ipv4",
            Everything: "0.0.0.0/0",
            Routable: "0.0.0.0/0",
            ShortestPrefix: 8,
            LongestPrefix: 24,
            HostLength: 32,
            own,
            own.Count > 0 ? "own-v4" : null,
            Bogons.Ipv4Prefixes,
            sessions
        );

    private static FrrFamilyView Ipv6(
        IReadOnlyList<string> own,
        IReadOnlyList<FrrFamilySessionView> sessions
    ) =>
        new(
            Label: "v6",
            Keyword: "ipv6",
            AddressFamily: "ipv6",
            Everything: "::/0",
            Routable: "2000::/3",
            ShortestPrefix: 16,
            LongestPrefix: 48,
            HostLength: 128,
            own,
            own.Count > 0 ? "own-v6" : null,
            Bogons.Ipv6Prefixes,
            sessions
        );

    private static IReadOnlyList<FrrFamilySessionView> Sessions(
        Site site,
        IEnumerable<NeighborDocument> neighbors,
        string label,
        int announced
    ) =>
        [
            .. neighbors.Select(neighbor => new FrrFamilySessionView(
                neighbor.Name,
                neighbor.Address,
                $"export-{neighbor.Name}-{label}",
                neighbor.MaximumPrefix
                    ?? (label == "v6" ? DefaultMaximumPrefix6 : DefaultMaximumPrefix4),
                Math.Max(1, announced),
                [.. ExportActions(site.Document.Asn, neighbor)]
            )),
        ];

    private static IEnumerable<string> ExportActions(uint asn, NeighborDocument neighbor)
    {
        if (neighbor.Prepend > 0)
        {
            yield return $"set as-path prepend {string.Join(' ', Enumerable.Repeat(asn, neighbor.Prepend))}";
        }

        var communities = neighbor.Communities.ToLookup(item => item.Count(c => c == ':') == 2);
        if (communities[false].Any())
        {
            yield return $"set community {string.Join(' ', communities[false])} additive";
        }

        if (communities[true].Any())
        {
            yield return $"set large-community {string.Join(' ', communities[true])} additive";
        }
    }
}
