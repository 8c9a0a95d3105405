using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Files.Routing;

/// <summary>A neighbor with everything about it that several parts of frr.conf agree on.</summary>
internal sealed class FrrSession(Site site, NeighborDocument neighbor)
{
    public NeighborDocument Neighbor => neighbor;

    public string Name => neighbor.Name;

    public FrrFamily Family { get; } =
        Addresses.IsIpv6(neighbor.Address) ? FrrFamily.Ipv6 : FrrFamily.Ipv4;

    public string ImportMap => $"import-{neighbor.Name}";

    public string ExportMap => $"export-{neighbor.Name}";

    /// <summary>Prefix-list of addresses that may be next hops of its routes.</summary>
    public string NextHops => $"next-hops-{neighbor.Name}";

    /// <summary>Prefix-list of what a customer may announce.</summary>
    public string CustomerSpace => $"customer-{neighbor.Name}";

    /// <summary>Prefix-list of what a customer may have dropped.</summary>
    public string RequestSpace => $"requests-{neighbor.Name}";

    /// <summary>A customer that may have parts of its space dropped.</summary>
    public bool TakesRequests => neighbor.BlackholeLength is not null;

    /// <summary>
    /// Requests have a next hop that is a static route. zebra looks for such a next hop only on behalf of a neighbor that need
    /// not be connected, as those with another TTL are anyway.
    /// </summary>
    public bool NeedsRecursion =>
        TakesRequests && neighbor.Session is { Multihop: null, TtlSecurity: false };

    /// <summary>The other one is a customer on the same link: bgpd would leave its next hop as it is (RFC 4271, 5.1.3).</summary>
    public bool IsBesideCustomer(FrrSession other) =>
        other != this
        && other.IsCustomer
        && other.Family == Family
        && other.Neighbor.Over == neighbor.Over;

    public bool IsCustomer => neighbor.Role == NeighborRole.Customer;

    /// <summary>Other routes than the default one are taken from it.</summary>
    public bool TakesRoutes => neighbor.Import is ImportMode.Full or ImportMode.Partial;

    public bool TakesDefault => neighbor.Import is ImportMode.Partial or ImportMode.Default;

    /// <summary>Large networks without transit are not behind it.</summary>
    public bool IsLocked => neighbor.Role != NeighborRole.Transit && TakesRoutes;

    /// <summary>Its routes are looked at again when RPKI changes.</summary>
    public bool IsRevalidated => TakesRoutes && site.Document.Bgp!.RpkiCaches.Count > 0;

    /// <summary>The word of "local-role": what we are to the neighbor (RFC 9234).</summary>
    public string LocalRole =>
        neighbor.Role switch
        {
            NeighborRole.Transit => "customer",
            NeighborRole.Peer => "peer",
            NeighborRole.RouteServer => "rs-client",
            NeighborRole.Customer => "provider",
        };

    public uint LocalPreference => Policies.LocalPreference.Of(neighbor);

    /// <summary>Accepted routes before the session is torn down; null for a session that brings none or one.</summary>
    public int? MaximumPrefix => ImportLimit.Of(neighbor);

    /// <summary>Addresses that may be next hops: the neighbor's, and behind a route server the whole exchange.</summary>
    public string NextHopPrefix
    {
        get
        {
            var lan = site.LinkOf(neighbor.Over, Family.IsIpv6);
            return neighbor.Role == NeighborRole.RouteServer && lan is not null
                ? $"{lan} ge {Family.Host}"
                : $"{neighbor.Address}/{Family.Host}";
        }
    }
}
