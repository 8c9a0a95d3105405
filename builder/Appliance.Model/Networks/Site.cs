using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Networks;

/// <summary>What a site is for.</summary>
public enum Role
{
    /// <summary>Speaks BGP and terminates tunnels.</summary>
    Edge,

    /// <summary>FIB 0 for its provider, FIB 1 for announced addresses and jails.</summary>
    Downstream,
}

/// <summary>One machine.</summary>
public sealed record Site
{
    /// <summary>Of the site's name in the file.</summary>
    public required SourceLocation At { get; init; }

    public required EntryName Name { get; init; }

    public required Role Role { get; init; }

    /// <summary>Name of the profile its image is made with.</summary>
    public required Located<EntryName> Profile { get; init; }

    public required Located<HostName> Hostname { get; init; }

    /// <summary>Addresses of an edge on lo0, out of the AS's prefixes.</summary>
    public IReadOnlyList<Located<IpAddress>> Loopbacks { get; init; } = [];

    /// <summary>BGP identifier of an edge; its first IPv4 address when absent.</summary>
    public Located<IpAddress>? RouterId { get; init; }

    public required IReadOnlyList<SiteInterface> Interfaces { get; init; }

    /// <summary>Only on an edge.</summary>
    public IReadOnlyList<Upstream> Upstreams { get; init; } = [];

    /// <summary>All sessions of the edge are drained (RFC 8326), as before maintenance.</summary>
    public Located<bool>? Drain { get; init; }

    /// <summary>What a downstream holds of the AS's space; IPv6.</summary>
    public IReadOnlyList<Located<IpPrefix>> Prefixes { get; init; } = [];

    /// <summary>A downstream host's own announced addresses.</summary>
    public IReadOnlyList<Located<IpAddress>> Addresses { get; init; } = [];

    /// <summary>Jails of a downstream, in FIB 1.</summary>
    public IReadOnlyList<Jail> Jails { get; init; } = [];

    /// <summary>Static routes beyond those that follow from gateways and links.</summary>
    public IReadOnlyList<StaticRoute> Routes { get; init; } = [];

    /// <summary>The site's own resolvers; null for those of the network.</summary>
    public IReadOnlyList<Located<IpAddress>>? Nameservers { get; init; }

    /// <summary>The site's own time servers; null for those of the network.</summary>
    public IReadOnlyList<Located<HostOrAddress>>? TimeServers { get; init; }

    public SiteInterface? FindInterface(EntryName name) =>
        Interfaces.FirstOrDefault(i => i.Name == name);

    /// <summary>
    /// The interface that carries tunnels which name none: the first that has an IPv4 address and a gateway4,
    /// otherwise the first that has an IPv4 address.
    /// </summary>
    public SiteInterface? DefaultUnderlay =>
        Interfaces.FirstOrDefault(i => i.Ipv4 is not null && i.Gateway4 is not null)
        ?? Interfaces.FirstOrDefault(i => i.Ipv4 is not null);
}

/// <summary>A jail with one announced address.</summary>
public sealed record Jail(SourceLocation At, EntryName Name, Located<IpAddress> Address)
{
    /// <summary>Root of the jail's files; the default is the templates'.</summary>
    public Located<string>? Path { get; init; }

    /// <summary>Absolute command that starts the jail; it persists without a process when absent.</summary>
    public Located<string>? Start { get; init; }

    /// <summary>The jail may open raw sockets (ping, traceroute).</summary>
    public bool RawSockets { get; init; }
}

/// <summary>A static route: exactly one of <see cref="Via"/> and <see cref="Blackhole"/>.</summary>
public sealed record StaticRoute
{
    public required SourceLocation At { get; init; }

    public required Located<IpPrefix> To { get; init; }

    public Located<IpAddress>? Via { get; init; }

    public bool Blackhole { get; init; }

    /// <summary>Forwarding table, 0 unless given.</summary>
    public int Fib { get; init; }
}
