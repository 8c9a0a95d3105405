using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Networks;

/// <summary>An eBGP neighbor of an edge.</summary>
public sealed record Upstream
{
    /// <summary>Of the upstream's name in the file.</summary>
    public required SourceLocation At { get; init; }

    public required EntryName Name { get; init; }

    public required Located<Asn> Asn { get; init; }

    public required Located<IpAddress> Neighbor { get; init; }

    public required UpstreamPath Over { get; init; }

    /// <summary>How often our own ASN is prepended to what we announce.</summary>
    public int Prepend { get; init; }

    public IReadOnlyList<Located<Community>> Communities { get; init; } = [];

    /// <summary>Name of the secret that holds the TCP-MD5 password (RFC 2385).</summary>
    public Located<EntryName>? PasswordSecret { get; init; }

    /// <summary>Accepted prefixes before the session is torn down.</summary>
    public int? MaximumPrefix { get; init; }
}

/// <summary>How an upstream is reached.</summary>
public abstract record UpstreamPath
{
    private UpstreamPath() { }

    /// <summary>On the link of an interface.</summary>
    public sealed record Direct(Located<EntryName> Interface) : UpstreamPath;

    /// <summary>Through a tunnel that the upstream configures at its end.</summary>
    public sealed record Tunnel : UpstreamPath
    {
        public required SourceLocation At { get; init; }

        public required TunnelProtocol Protocol { get; init; }

        /// <summary>Outer IPv4 address of the upstream's end.</summary>
        public required Located<IpAddress> Remote { get; init; }

        /// <summary>Inner IPv6 address of our end.</summary>
        public required Located<InterfaceAddress> Address { get; init; }

        /// <summary>Outer IPv4 address of our end; that of the underlay when absent.</summary>
        public Located<IpAddress>? Local { get; init; }

        /// <summary>Name of the underlay interface; the site's default underlay when absent.</summary>
        public Located<EntryName>? Interface { get; init; }

        public Located<Mtu>? Mtu { get; init; }

        /// <summary>FIB in which the outer packets are routed, 0 when absent.</summary>
        public Located<int>? TunnelFib { get; init; }
    }
}
