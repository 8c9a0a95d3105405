using System.Net;
using Appliance.Lab.Tunnels;

namespace Appliance.Lab.Topology;

/// <summary>What a namespace of the lab stands for.</summary>
public enum LabNodeKind
{
    /// <summary>Everything between the providers: it forwards, and is the far end of what we test.</summary>
    World,

    /// <summary>A site of the network file.</summary>
    Site,

    /// <summary>A neighbor of an edge.</summary>
    Upstream,

    /// <summary>The RPKI caches.</summary>
    Cache,

    /// <summary>The BMP stations.</summary>
    Station,
}

/// <summary>One network namespace with everything in it, as data.</summary>
public sealed record LabNode
{
    /// <summary>Unique in the lab: "world", the name of a site or of an upstream.</summary>
    public required string Name { get; init; }

    public required LabNodeKind Kind { get; init; }

    /// <summary>The namespace's name.</summary>
    public required string Namespace { get; init; }

    /// <summary>In the order in which they are made.</summary>
    public IReadOnlyList<LabDevice> Devices { get; init; } = [];

    /// <summary>Addresses of the loopback device, /32 and /128.</summary>
    public IReadOnlyList<IPAddress> Loopbacks { get; init; } = [];

    public IReadOnlyList<LabRoute> Routes { get; init; } = [];

    /// <summary>Which packets look up another table than the main one.</summary>
    public IReadOnlyList<LabRule> Rules { get; init; } = [];

    /// <summary>IPv4 packets of others are forwarded; a site's gateway_enable.</summary>
    public bool ForwardsIpv4 { get; init; } = true;

    /// <summary>IPv6 packets of others are forwarded; a site's ipv6_gateway_enable.</summary>
    public bool ForwardsIpv6 { get; init; } = true;

    /// <summary>The node is a virtual machine behind its devices, not the namespace itself.</summary>
    public bool IsVirtualMachine { get; init; }

    public LabDevice Device(string name) => Devices.First(device => device.Name == name);
}

/// <summary>An address of a device with the length of its link's prefix.</summary>
/// <param name="Peer">The other end of a link of two host addresses; null otherwise.</param>
public sealed record LabAddress(IPAddress Address, int PrefixLength, IPAddress? Peer = null)
{
    public override string ToString() =>
        Peer is null ? $"{Address}/{PrefixLength}" : $"{Address} peer {Peer}/{PrefixLength}";
}

/// <summary>A network device of a node.</summary>
public abstract record LabDevice
{
    /// <summary>At most 15 characters, unique in its node.</summary>
    public required string Name { get; init; }

    public IReadOnlyList<LabAddress> Addresses { get; init; } = [];

    /// <summary>Bytes; the kernel's own when null.</summary>
    public int? Mtu { get; init; }
}

/// <summary>One end of a cable (veth(4)).</summary>
internal sealed record CableEnd : LabDevice
{
    /// <summary>Node at the other end.</summary>
    public required string PeerNode { get; init; }

    /// <summary>Device at the other end.</summary>
    public required string PeerDevice { get; init; }

    /// <summary>This end makes both.</summary>
    public bool Makes { get; init; }

    /// <summary>The bridge of the same node that it is a port of, or null.</summary>
    public string? Bridge { get; init; }
}

/// <summary>A switch.</summary>
internal sealed record Bridge : LabDevice;

/// <summary>The host's side of a virtual machine's network card.</summary>
internal sealed record VirtualCard : LabDevice
{
    /// <summary>The bridge of the same node that it is a port of.</summary>
    public required string Bridge { get; init; }
}

/// <summary>One end of a tunnel over IPv4.</summary>
public sealed record TunnelDevice : LabDevice
{
    public required TunnelProtocolNumber Protocol { get; init; }

    public required IPAddress OuterLocal { get; init; }

    public required IPAddress OuterRemote { get; init; }

    /// <summary>Name of the node at the other end.</summary>
    public required string PeerNode { get; init; }
}

/// <summary>A route: through an address, onto a device, or to nowhere.</summary>
public sealed record LabRoute
{
    /// <summary>Number of Linux's main table.</summary>
    public const int Main = 254;

    public required IPNetwork Destination { get; init; }

    public IPAddress? Via { get; init; }

    public string? Device { get; init; }

    public bool Blackhole { get; init; }

    /// <summary>The kernel's own, which comes with an address.</summary>
    public bool OfKernel { get; init; }

    public int Table { get; init; } = Main;
}

/// <summary>
/// A rule of policy routing: packets from a device, or those of the node itself with a source in a prefix, look up a
/// table. What others send is looked up in the FIB of the device it came in on, as on FreeBSD, whatever its source.
/// </summary>
public sealed record LabRule(int Table, string? FromDevice, IPNetwork? FromPrefix);
