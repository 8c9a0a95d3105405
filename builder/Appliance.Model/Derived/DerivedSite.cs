using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Derived;

/// <summary>All that follows from a network for one of its sites. Device names are final.</summary>
public sealed record DerivedSite
{
    public required Site Site { get; init; }

    /// <summary>In the order in which they are created: links in list order, then upstreams in file order.</summary>
    public required IReadOnlyList<DerivedTunnel> Tunnels { get; init; }

    /// <summary>Static routes beyond the interfaces' own gateways.</summary>
    public required IReadOnlyList<DerivedRoute> Routes { get; init; }

    /// <summary>BGP identifier; null on a downstream.</summary>
    public IpAddress? RouterId { get; init; }

    /// <summary>eBGP sessions of an edge.</summary>
    public required IReadOnlyList<DerivedNeighbor> Neighbors { get; init; }

    /// <summary>Addresses of resolvers, the site's own or the network's.</summary>
    public required IReadOnlyList<IpAddress> Nameservers { get; init; }

    /// <summary>Time servers, the site's own or the network's.</summary>
    public required IReadOnlyList<HostOrAddress> TimeServers { get; init; }

    /// <summary>Only on a downstream.</summary>
    public DerivedAnnounced? Announced { get; init; }
}

/// <summary>One end of a tunnel.</summary>
public sealed record DerivedTunnel
{
    /// <summary>Device name, "gif0".</summary>
    public required string Device { get; init; }

    public required TunnelProtocol Protocol { get; init; }

    /// <summary>Name of the site or upstream at the far end.</summary>
    public required string Peer { get; init; }

    /// <summary>The far end is an upstream, not a site of ours.</summary>
    public required bool IsUpstream { get; init; }

    /// <summary>Both ends are edges of ours: packets of any source may come through, on their way to our prefixes.</summary>
    public bool IsTransit { get; init; }

    /// <summary>Name of the interface that carries the outer packets.</summary>
    public required string Over { get; init; }

    public required IpAddress OuterLocal { get; init; }

    public required IpAddress OuterRemote { get; init; }

    /// <summary>FIB in which outer packets are routed.</summary>
    public required int TunnelFib { get; init; }

    /// <summary>FIB in which packets that arrive through the tunnel are routed: 1 on a downstream.</summary>
    public required int Fib { get; init; }

    public required Mtu Mtu { get; init; }

    public required InterfaceAddress InnerLocal { get; init; }

    public required IpAddress InnerRemote { get; init; }

    /// <summary>Largest TCP segment over IPv6: MTU − 60.</summary>
    public int Mss6 => Mtu.Mss6;

    /// <summary>Largest TCP segment over IPv4: MTU − 40.</summary>
    public int Mss4 => Mtu.Mss4;
}

/// <summary>A static route: a gateway, or nothing for a blackhole.</summary>
public sealed record DerivedRoute
{
    /// <summary>A word for rc.conf's list of routes: letters, digits and '_'; unique on the site.</summary>
    public required string Name { get; init; }

    /// <summary>A prefix of length 0 is the default route.</summary>
    public required IpPrefix Destination { get; init; }

    /// <summary>Null for a blackhole.</summary>
    public IpAddress? Via { get; init; }

    public required int Fib { get; init; }

    public bool IsBlackhole => Via is null;

    public bool IsDefault => Destination.Length == 0;
}

/// <summary>An eBGP session and the device it runs on.</summary>
public sealed record DerivedNeighbor
{
    public required Upstream Upstream { get; init; }

    /// <summary>Name of an interface of the site, or a tunnel device.</summary>
    public required string Over { get; init; }

    /// <summary>Communities added to what we announce, names replaced by values.</summary>
    public required IReadOnlyList<Community> Communities { get; init; }

    /// <summary>Community that makes the neighbor drop traffic; null when it has none.</summary>
    public Community? Blackhole { get; init; }

    /// <summary>The session is drained, by itself or with its site (RFC 8326).</summary>
    public required bool IsDrained { get; init; }
}

/// <summary>A downstream's share of the AS's address space, in FIB 1.</summary>
public sealed record DerivedAnnounced
{
    /// <summary>Device that holds the announced addresses, one /128 each.</summary>
    public required string Device { get; init; }

    public required IReadOnlyList<IpPrefix> Prefixes { get; init; }

    public required IReadOnlyList<IpAddress> Addresses { get; init; }

    public required IReadOnlyList<Jail> Jails { get; init; }
}
