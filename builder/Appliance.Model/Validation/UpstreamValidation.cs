using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>The sessions of edges: how each neighbor is reached.</summary>
internal static class UpstreamValidation
{
    /// <summary>Only where the neighbor may be beyond a gateway: the far end of a tunnel is one hop away.</summary>
    private const string MultihopHint =
        "; if the provider says that the neighbor is beyond its gateway, write multihop: 2 (or as many hops as it says)";

    public static void Validate(NetworkScope scope)
    {
        foreach (var site in scope.Network.Sites)
        {
            var names = new Dictionary<IpAddress, EntryName>();
            foreach (var upstream in site.Upstreams)
            {
                CheckNeighbor(scope, site, upstream);
                if (!names.TryAdd(upstream.Neighbor.Value, upstream.Name))
                {
                    scope.Add(
                        FindingCatalogue.NeighborTwice,
                        upstream.Neighbor.At,
                        $"{upstream.Neighbor} already is the neighbor of upstream {names[upstream.Neighbor.Value]}"
                    );
                }
            }
        }
    }

    private static void CheckNeighbor(NetworkScope scope, Site site, Upstream upstream)
    {
        if (upstream.Neighbor.Value.IsLinkLocal)
        {
            scope.Add(
                FindingCatalogue.NeighborLinkLocal,
                upstream.Neighbor.At,
                $"{upstream.Neighbor} is link-local",
                "ask the upstream for the global address of its router"
            );
            return;
        }

        if (
            upstream.Session.Multihop is not null
            && scope.Network.Prefixes.Any(p => p.Value.Contains(upstream.Neighbor.Value))
        )
        {
            scope.Add(
                FindingCatalogue.NeighborInOwnSpace,
                upstream.Neighbor.At,
                $"{upstream.Neighbor} lies in a prefix that we announce ourselves, and is several hops away",
                "number the session from the neighbor's space, or from a link that both are on"
            );
        }

        if (upstream.Over is UpstreamPath.Direct direct)
        {
            CheckDirect(scope, site, upstream, direct);
        }
        else if (upstream.Over is UpstreamPath.Tunnel tunnel)
        {
            CheckTunnel(scope, upstream, tunnel);
        }
    }

    private static void CheckDirect(
        NetworkScope scope,
        Site site,
        Upstream upstream,
        UpstreamPath.Direct direct
    )
    {
        var item = site.FindInterface(direct.Interface.Value);
        if (item is null)
        {
            UnknownNames.ReportInterface(scope, site, direct.Interface);
            return;
        }

        var key = upstream.Neighbor.Value.IsIpv6 ? "ipv6" : "ipv4";
        var own = upstream.Neighbor.Value.IsIpv6 ? item.Ipv6 : item.Ipv4;
        if (own is null && !scope.IsReadable($"{item.At.Path}.{key}"))
        {
            return;
        }

        if (upstream.Session.Multihop is null)
        {
            var gateway = upstream.Neighbor.Value.IsIpv6 ? item.Gateway6 : item.Gateway4;
            CheckOnLink(
                scope,
                upstream,
                own?.Value,
                $"interface {item.Name}",
                gateway is null ? "" : MultihopHint
            );
        }
    }

    private static void CheckTunnel(
        NetworkScope scope,
        Upstream upstream,
        UpstreamPath.Tunnel tunnel
    )
    {
        AddressSpace.Check(scope, tunnel.Address.Value.Address, tunnel.Address.At, true);
        if (tunnel.Address.Value.Length == 128)
        {
            scope.Add(
                FindingCatalogue.TunnelAddressAlone,
                tunnel.Address.At,
                $"{tunnel.Address} has no room for a neighbor",
                "write the prefix length of the link, usually /127 or /64, or agree on a /127"
            );
            return;
        }

        CheckOnLink(scope, upstream, tunnel.Address.Value, "the tunnel");
    }

    private static void CheckOnLink(
        NetworkScope scope,
        Upstream upstream,
        InterfaceAddress? own,
        string device,
        string furtherHint = ""
    )
    {
        var neighbor = upstream.Neighbor;
        if (own is { } address && address.Address == neighbor.Value)
        {
            scope.Add(
                FindingCatalogue.NeighborIsSelf,
                neighbor.At,
                $"{neighbor} is our own address on {device}",
                "the neighbor is the upstream's address"
            );
        }
        else if (own is not { } link || !OnLink.IsHost(link, neighbor.Value))
        {
            var where = own is { } prefix ? $"in {prefix.Prefix} of {device}" : $"on {device}";
            scope.Add(
                FindingCatalogue.NeighborOffLink,
                neighbor.At,
                $"{neighbor} is not on link: it does not lie {where}",
                "check the prefix length of our address, and that \"over\" names the right way"
                    + furtherHint
            );
        }
    }
}
