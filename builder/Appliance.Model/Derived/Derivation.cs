using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Derived;

/// <summary>What follows from a network for one site. The network must be free of errors.</summary>
public static class Derivation
{
    /// <summary>FIB of a downstream's announced addresses; FIB 0 is the provider's.</summary>
    public const int AnnouncedFib = 1;

    /// <summary>Loopback device in <see cref="AnnouncedFib"/> that holds announced addresses.</summary>
    public const string AnnouncedDevice = "lo1";

    /// <exception cref="InvalidOperationException">The network has errors that validation reports.</exception>
    public static DerivedSite For(Network network, Site site)
    {
        var tunnels = new TunnelDerivation(network, site).All();
        return new DerivedSite
        {
            Site = site,
            Tunnels = tunnels,
            Routes = new RouteDerivation(network, site, tunnels).All(),
            RouterId = site.Role == Role.Edge ? RouterId(site) : null,
            Neighbors =
            [
                .. site.Upstreams.Select(upstream => Neighbor(network, site, upstream, tunnels)),
            ],
            Nameservers = [.. (site.Nameservers ?? network.Nameservers).Select(n => n.Value)],
            TimeServers = [.. (site.TimeServers ?? network.TimeServers).Select(t => t.Value)],
            Announced = site.Role == Role.Downstream ? Announced(site) : null,
        };
    }

    /// <summary>As given; otherwise the first IPv4 address of an interface, then of the loopback.</summary>
    internal static IpAddress? RouterId(Site site) =>
        site.RouterId?.Value
        ?? site.Interfaces.FirstOrDefault(i => i.Ipv4 is not null)?.Ipv4!.Value.Address
        ?? site.Loopbacks.FirstOrDefault(l => l.Value.IsIpv4)?.Value;

    private static DerivedNeighbor Neighbor(
        Network network,
        Site site,
        Upstream upstream,
        List<DerivedTunnel> tunnels
    ) =>
        new()
        {
            Upstream = upstream,
            Over = upstream.Over is UpstreamPath.Direct direct
                ? direct.Interface.Value.Text
                : tunnels.First(t => t.IsUpstream && t.Peer == upstream.Name.Text).Device,
            Communities = [.. upstream.Communities.Select(item => Resolve(network, item.Value))],
            Blackhole = upstream.Blackhole is { } blackhole
                ? Resolve(network, blackhole.Value)
                : null,
            IsDrained = upstream.Drain?.Value ?? site.Drain?.Value ?? false,
        };

    private static Community Resolve(Network network, CommunityOrName community) =>
        community.Value
        ?? network.Communities.First(named => named.Name == community.Name).Value.Value;

    private static DerivedAnnounced Announced(Site site) =>
        new()
        {
            Device = AnnouncedDevice,
            Prefixes = [.. site.Prefixes.Select(p => p.Value)],
            Addresses = [.. site.Addresses.Select(a => a.Value)],
            Jails = site.Jails,
        };
}
