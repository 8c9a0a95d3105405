using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Networks;

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
