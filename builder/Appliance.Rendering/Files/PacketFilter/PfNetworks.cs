using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.PacketFilter;

/// <summary>Customers with AS numbers of their own: they forward through us, and nobody else does.</summary>
internal static class PfNetworks
{
    private const string Table = "networks";

    public static string? TableIfWanted(Site site) => Customers(site).Any() ? Table : null;

    public static IEnumerable<PfTableView> Tables(Site site)
    {
        var customers = Customers(site).ToList();
        if (customers.Count == 0)
        {
            yield break;
        }

        yield return new PfTableView(
            "Prefixes of customers with AS numbers of their own",
            Table,
            [.. customers.SelectMany(customer => customer.AllowedPrefixes).Distinct()]
        );
        foreach (var (index, customer) in customers.Index())
        {
            yield return new PfTableView(
                $"What {customer.Name} may send from",
                TableOf(index),
                [.. Link(site, customer), .. customer.AllowedPrefixes]
            );
        }
    }

    public static IEnumerable<PfNetworkView> Views(Site site) =>
        Customers(site)
            .Select(
                (customer, index) =>
                    new PfNetworkView(
                        customer.Name,
                        site.DeviceOver(customer.Over),
                        TableOf(index),
                        Tunnel(site, customer) is null ? null : site.DeviceOver(customer.Over)
                    )
            );

    /// <summary>Names of customers may be longer than names of tables.</summary>
    private static string TableOf(int index) => $"{Table}_{index + 1}";

    /// <summary>The link's own addresses are sources on a tunnel; on a shared link they are everybody's.</summary>
    private static IEnumerable<string> Link(Site site, NeighborDocument customer)
    {
        if (
            Tunnel(site, customer) is null
            || site.LinkOf(customer.Over, ipv6: true) is not { } link
        )
        {
            return [];
        }

        var far = Addresses.HostPrefix(customer.Address);
        return Addresses.Overlap(link, far) ? [$"{link}"] : [$"{link}", $"{far}"];
    }

    private static TunnelDocument? Tunnel(Site site, NeighborDocument customer) =>
        site.Document.Tunnels.FirstOrDefault(tunnel => tunnel.Device == customer.Over);

    private static IEnumerable<NeighborDocument> Customers(Site site) =>
        site.Document.Bgp!.Neighbors.Where(neighbor => neighbor.Role == NeighborRole.Customer);
}
