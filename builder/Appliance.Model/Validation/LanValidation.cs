using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>
/// Links in our own space. To a neighbor of an edge they are of use; a network of hosts behind a machine is not routed
/// yet, and its space would be another's or nobody's.
/// </summary>
internal static class LanValidation
{
    public static void Validate(NetworkScope scope)
    {
        var bySite = SitePaths.LinksBySite(scope.Network);
        var own = scope
            .Network.Sites.SelectMany(site =>
                ConnectedSpace.Of(scope.Network, site, bySite.GetValueOrDefault(site.Name) ?? [])
            )
            .Where(space => Aggregate(scope, space) is not null)
            .ToList();
        var isLan = own.ToLookup(space => space.Interface is not null && !IsLink(scope, space));
        foreach (var lan in isLan[true])
        {
            Report(scope, lan);
        }

        CheckOverlaps(scope, isLan[false]);
    }

    /// <summary>Only of what may be announced: a prefix that may not has a finding of its own.</summary>
    private static Located<IpPrefix>? Aggregate(NetworkScope scope, ConnectedSpace space) =>
        scope.Network.Prefixes.FirstOrDefault(p =>
            p.Value.Contains(space.Prefix) && AnnouncementValidation.IsUsable(scope, p.Value)
        );

    /// <summary>A neighbor or the gateway is on it. It is less than what is announced, which is blackholed.</summary>
    private static bool IsLink(NetworkScope scope, ConnectedSpace space)
    {
        var (item, prefix) = (space.Interface!, space.Prefix);
        var gateway = prefix.Family == IpFamily.Ipv4 ? item.Gateway4 : item.Gateway6;
        return space.Site.Role == Role.Edge
            && scope.Network.Prefixes.All(p => p.Value != prefix)
            && (
                gateway is not null
                || space.Site.Upstreams.Any(upstream =>
                    upstream.Over is UpstreamPath.Direct direct
                    && direct.Interface.Value == item.Name
                    && prefix.Contains(upstream.Neighbor.Value)
                )
            );
    }

    private static void Report(NetworkScope scope, ConnectedSpace lan)
    {
        var prefix = lan.Prefix;
        var holder = scope.Network.Sites.FirstOrDefault(site =>
            site.Prefixes.Any(p => p.Value.Overlaps(prefix))
        );
        var part =
            holder == lan.Site ? $"is in the prefixes of {lan.Site.Name} itself"
            : holder is not null ? $"is in a prefix of {holder.Name}, where it is routed"
            : $"is in {Aggregate(scope, lan)}, where no site holds it, and the edges drop it";
        scope.Add(
            FindingCatalogue.LanInOwnSpace,
            lan.At,
            $"{prefix} of {lan.What} {part}; a network of hosts behind a machine is not supported yet",
            lan.Site.Role == Role.Downstream
                ? "give the hosts' addresses to this machine (addresses, jails), or number the LAN from private space"
                : "link the hosts as downstreams, or number the LAN from private space; a neighbor's link names its interface under \"over\""
        );
    }

    private static void CheckOverlaps(NetworkScope scope, IEnumerable<ConnectedSpace> links)
    {
        foreach (
            var (item, enclosing) in OccupiedSpace.Overlaps(links.Concat(Subnets(scope.Network)))
        )
        {
            var (one, other) = (item as ConnectedSpace, enclosing as ConnectedSpace);
            if ((IsNeighborLink(one) || IsNeighborLink(other)) && !IsShared(one, other))
            {
                scope.Add(
                    FindingCatalogue.SubnetsOverlap,
                    item.At,
                    $"{item.Prefix} of {Of(item)} overlaps {enclosing.Prefix} of {Of(enclosing)} (line {enclosing.At.Span.Line})",
                    "each link has a part of the network's space of its own"
                );
            }
        }
    }

    /// <summary>Links between sites, prefixes and loopbacks have findings of their own.</summary>
    private static bool IsNeighborLink(ConnectedSpace? space) =>
        space is { Interface: not null } or { IsUpstreamTunnel: true };

    /// <summary>Of one machine, which has its own finding; or the same link, with two edges on it.</summary>
    private static bool IsShared(ConnectedSpace? one, ConnectedSpace? other) =>
        one is not null
        && other is not null
        && (
            one.Site == other.Site
            || one.Address == other.Address
            || (
                one is { Interface: not null }
                && other is { Interface: not null }
                && one.Prefix == other.Prefix
            )
        );

    private static string Of(OccupiedSpace space) =>
        space is ConnectedSpace owned ? $"{space.What} of {owned.Site.Name}" : space.What;

    private static IEnumerable<OccupiedSpace> Subnets(Network network) =>
        network.Sites.SelectMany(site =>
            site.Prefixes.Select(p => new OccupiedSpace(p.Value, p.At, site.Name.Text))
        );
}
