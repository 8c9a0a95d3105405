using System.Net;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.PacketFilter;

/// <summary>
/// Links to neighbors that are numbered from our own space. Our sources do not come in from outside, but for the
/// neighbor's address on the neighbor's device: its BGP, BFD and ICMP errors have that source.
/// </summary>
internal static class PfOwnLinks
{
    private const string Own = "own";

    public static IEnumerable<PfTableView> Tables(Site site) =>
        ByDevice(site)
            .Select(link => new PfTableView(
                $"The same without the neighbors on {link.Key}, whose link is numbered from it",
                TableOf(link.Key),
                [
                    .. PfParts.Own(site).Entries,
                    .. link.Select(neighbor => $"!{neighbor.Address}").Distinct(),
                ]
            ));

    /// <param name="site">An edge.</param>
    /// <param name="external">Devices to the Internet.</param>
    public static IEnumerable<PfOwnSourcesView> Views(Site site, IReadOnlyList<string> external)
    {
        var links = ByDevice(site).Select(link => link.Key).ToHashSet(StringComparer.Ordinal);
        if (links.Count == 0)
        {
            return [new PfOwnSourcesView("$external", Own)];
        }

        var others = external.Where(device => !links.Contains(device)).ToList();
        return
        [
            .. others.Count > 0
                ? [new PfOwnSourcesView($"{{ {string.Join(' ', others)} }}", Own)]
                : Array.Empty<PfOwnSourcesView>(),
            .. external
                .Where(links.Contains)
                .Select(device => new PfOwnSourcesView(device, TableOf(device))),
        ];
    }

    private static string TableOf(string device) => $"{Own}_{device}";

    private static IEnumerable<IGrouping<string, NeighborDocument>> ByDevice(Site site) =>
        site
            .Document.Bgp!.Neighbors.Where(neighbor => IsOwn(site, neighbor.Address))
            .GroupBy(neighbor => site.DeviceOver(neighbor.Over), StringComparer.Ordinal);

    private static bool IsOwn(Site site, string address)
    {
        var parsed = IPAddress.Parse(address);
        return site.OwnPrefixes.Any(prefix => prefix.Contains(parsed));
    }
}
