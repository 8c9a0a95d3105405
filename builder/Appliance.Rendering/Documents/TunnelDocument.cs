namespace Appliance.Rendering.Documents;

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

    /// <summary>
    /// The far end is an edge of ours as well: it forwards for others, so packets of any source may come
    /// out of the tunnel on their way to our prefixes. Only between two edges.
    /// </summary>
    public bool Transit { get; init; }

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
