namespace Appliance.Rendering.Documents;

/// <summary>
/// The part of a network that one site's first boot needs. Everything that can be derived on the
/// workstation (inner and outer tunnel addresses, MTU, routes) already is: a router decides nothing.
/// Addresses and prefixes are canonical text (RFC 5952): "2001:db8::1", "2001:db8:1c::/48".
/// </summary>
public sealed record SiteDocument
{
    /// <summary>The only schema number this code reads.</summary>
    public const int CurrentSchema = 1;

    /// <summary>Where the document lies on the target.</summary>
    public const string TargetPath = "/usr/local/etc/appliance/site.json";

    public required int Schema { get; init; }

    /// <summary>Name of the network (the AS), for people.</summary>
    public required string Network { get; init; }

    /// <summary>Key of the site in the network file.</summary>
    public required string Site { get; init; }

    public required SiteRole Role { get; init; }

    /// <summary>Fully qualified host name.</summary>
    public required string Hostname { get; init; }

    /// <summary>The AS number (RFC 6793, 4 bytes).</summary>
    public required uint Asn { get; init; }

    /// <summary>Documentation and private numbers are allowed: bogon filters leave out our own ones.</summary>
    public bool Lab { get; init; }

    /// <summary>The aggregates of the AS, both families. An edge announces and blackholes them.</summary>
    public IReadOnlyList<string> Prefixes { get; init; } = [];

    /// <summary>Addresses of this machine on lo0 in FIB 0; each becomes a /128 or /32.</summary>
    public IReadOnlyList<string> Loopback { get; init; } = [];

    public required AdminDocument Admin { get; init; }

    public required SystemDocument System { get; init; }

    public required IReadOnlyList<InterfaceDocument> Interfaces { get; init; }

    /// <summary>In the order in which they are created; device names are final.</summary>
    public IReadOnlyList<TunnelDocument> Tunnels { get; init; } = [];

    /// <summary>Static routes beyond the interfaces' own gateways, in the order of the network file.</summary>
    public IReadOnlyList<RouteDocument> Routes { get; init; } = [];

    /// <summary>Only on an edge.</summary>
    public BgpDocument? Bgp { get; init; }

    /// <summary>Only on a downstream host: what it holds of the AS's space, in FIB 1.</summary>
    public AnnouncedDocument? Announced { get; init; }
}

/// <summary>What a site is for.</summary>
public enum SiteRole
{
    /// <summary>Speaks BGP and terminates tunnels.</summary>
    Edge,

    /// <summary>FIB 0 for its provider, FIB 1 for announced addresses and jails.</summary>
    Downstream,
}

/// <summary>Who may log in, and from where.</summary>
public sealed record AdminDocument
{
    /// <summary>Lines of root's authorized_keys.</summary>
    public IReadOnlyList<string> SshKeys { get; init; } = [];

    /// <summary>Source prefixes that pf lets reach the ssh port; nobody when empty.</summary>
    public IReadOnlyList<string> SshFrom { get; init; } = [];
}

/// <summary>What the site's profile asks of the operating system.</summary>
public sealed record SystemDocument
{
    /// <summary>Number of forwarding tables, <c>net.fibs</c> in loader.conf(5).</summary>
    public required int Fibs { get; init; }

    /// <summary>Kernel modules the loader preloads, without ".ko".</summary>
    public IReadOnlyList<string> LoaderModules { get; init; } = [];

    /// <summary>Kernel modules of rc.conf's <c>kld_list</c>.</summary>
    public IReadOnlyList<string> Modules { get; init; } = [];

    /// <summary>Further loader tunables, name to value.</summary>
    public IReadOnlyDictionary<string, string> Tunables { get; init; } =
        new Dictionary<string, string>();

    /// <summary>Further sysctl.conf(5) settings, name to value.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } =
        new Dictionary<string, string>();

    /// <summary>FRR is in the image, so its services are enabled.</summary>
    public bool Frr { get; init; }

    /// <summary>GPT labels for fstab(5).</summary>
    public required string RootLabel { get; init; }

    /// <summary>Label of the EFI system partition.</summary>
    public string? EspLabel { get; init; }
}

/// <summary>A physical interface and its addresses in FIB 0.</summary>
public sealed record InterfaceDocument
{
    /// <summary>Key in the network file, such as "wan". The device is found by <see cref="Match"/>.</summary>
    public required string Name { get; init; }

    public required InterfaceMatch Match { get; init; }

    /// <summary>Address with prefix length, "198.51.100.10/24".</summary>
    public string? Ipv4 { get; init; }

    public string? Gateway4 { get; init; }

    public string? Ipv6 { get; init; }

    public string? Gateway6 { get; init; }

    /// <summary>Bytes; the driver's own when absent.</summary>
    public int? Mtu { get; init; }
}

/// <summary>Exactly one way of finding a device: MAC; driver and index; or PCI position.</summary>
public sealed record InterfaceMatch
{
    /// <summary>Lower-case, colon-separated.</summary>
    public string? Mac { get; init; }

    /// <summary>Driver name as in rc.conf, "vtnet".</summary>
    public string? Driver { get; init; }

    /// <summary>Counts the driver's devices from 0 in the order of their units.</summary>
    public int? Index { get; init; }

    /// <summary>"domain:bus:slot:function" as in pciconf(8), "0:0:3:0".</summary>
    public string? Pci { get; init; }
}

/// <summary>How a tunnel packs what it carries.</summary>
public enum TunnelKind
{
    /// <summary>gif(4): protocol 41 over IPv4, 20 bytes.</summary>
    Gif,

    /// <summary>gre(4): protocol 47 over IPv4, 24 bytes.</summary>
    Gre,
}

/// <summary>One tunnel device with everything both ends agreed on.</summary>
public sealed record TunnelDocument
{
    /// <summary>Device name, "gif0".</summary>
    public required string Device { get; init; }

    public required TunnelKind Kind { get; init; }

    /// <summary>Site or upstream at the far end, for comments and findings.</summary>
    public required string Peer { get; init; }

    /// <summary>The far end is an upstream, not a site of ours.</summary>
    public bool Upstream { get; init; }

    /// <summary>Name of the interface that carries the outer packets.</summary>
    public required string Over { get; init; }

    /// <summary>Outer IPv4 address of this end.</summary>
    public required string OuterLocal { get; init; }

    /// <summary>Outer IPv4 address of the far end.</summary>
    public required string OuterRemote { get; init; }

    /// <summary>FIB in which the outer packets are routed.</summary>
    public required int TunnelFib { get; init; }

    /// <summary>FIB in which packets that arrive through the tunnel are routed.</summary>
    public required int Fib { get; init; }

    /// <summary>Bytes of an inner packet.</summary>
    public required int Mtu { get; init; }

    /// <summary>Inner IPv6 address of this end with prefix length, usually a /127 (RFC 6164).</summary>
    public required string InnerLocal { get; init; }

    /// <summary>Inner IPv6 address of the far end.</summary>
    public required string InnerRemote { get; init; }

    /// <summary>Largest TCP segment over IPv6: MTU − 60.</summary>
    public required int Mss6 { get; init; }

    /// <summary>Largest TCP segment over IPv4: MTU − 40.</summary>
    public required int Mss4 { get; init; }
}

/// <summary>A static route. Exactly one of <see cref="Via"/> and <see cref="Blackhole"/>.</summary>
public sealed record RouteDocument
{
    /// <summary>A word for rc.conf's route list: letters, digits and '_'.</summary>
    public required string Name { get; init; }

    /// <summary>Prefix, or "default".</summary>
    public required string Destination { get; init; }

    /// <summary>Family of the route, needed for "default".</summary>
    public required AddressFamily Family { get; init; }

    /// <summary>Gateway address.</summary>
    public string? Via { get; init; }

    /// <summary>Drop silently (route(8) -blackhole).</summary>
    public bool Blackhole { get; init; }

    public required int Fib { get; init; }
}

/// <summary>Address families of the Internet protocols.</summary>
public enum AddressFamily
{
    Ipv4,
    Ipv6,
}

/// <summary>What bgpd of an edge is told.</summary>
public sealed record BgpDocument
{
    /// <summary>Dotted quad; the first IPv4 address of the site.</summary>
    public required string RouterId { get; init; }

    public required IReadOnlyList<NeighborDocument> Neighbors { get; init; }

    public IReadOnlyList<RpkiCacheDocument> RpkiCaches { get; init; } = [];
}

/// <summary>An eBGP session.</summary>
public sealed record NeighborDocument
{
    /// <summary>Key of the upstream in the network file.</summary>
    public required string Name { get; init; }

    public required string Address { get; init; }

    public required uint Asn { get; init; }

    /// <summary>Interface name or tunnel device the neighbor is reached on.</summary>
    public required string Over { get; init; }

    /// <summary>How often our own ASN is prepended to what we announce.</summary>
    public int Prepend { get; init; }

    /// <summary>Communities added to what we announce: "64497:9501", or three parts for large ones.</summary>
    public IReadOnlyList<string> Communities { get; init; } = [];

    /// <summary>Name of the secret that holds the TCP-MD5 password (RFC 2385); never the password.</summary>
    public string? PasswordSecret { get; init; }

    /// <summary>Accepted prefixes before the session is torn down.</summary>
    public int? MaximumPrefix { get; init; }
}

/// <summary>An RPKI-to-Router cache (RFC 8210), over TCP.</summary>
public sealed record RpkiCacheDocument
{
    public required string Host { get; init; }

    public required int Port { get; init; }
}

/// <summary>A downstream host's share of the AS's address space, all of it in FIB 1.</summary>
public sealed record AnnouncedDocument
{
    /// <summary>Device that holds the announced addresses, "bridge0" or "lo1".</summary>
    public required string Device { get; init; }

    /// <summary>Prefixes routed to this host.</summary>
    public required IReadOnlyList<string> Prefixes { get; init; }

    /// <summary>Addresses of the host itself, plain; each becomes a /128 on <see cref="Device"/>.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public IReadOnlyList<JailDocument> Jails { get; init; } = [];
}

/// <summary>A jail in FIB 1.</summary>
public sealed record JailDocument
{
    public required string Name { get; init; }

    /// <summary>Plain IPv6 address inside one of the announced prefixes.</summary>
    public required string Address { get; init; }
}
