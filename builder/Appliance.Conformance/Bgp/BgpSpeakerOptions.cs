using System.Net;
using Appliance.Lab.Linux;

namespace Appliance.Conformance.Bgp;

/// <summary>The identity of a speaker and its peer.</summary>
internal sealed record BgpSpeakerOptions
{
    /// <summary>The namespace of its socket.</summary>
    public required NetworkNamespace Inside { get; init; }

    /// <summary>Address of this end; with a scope when it is link-local.</summary>
    public required IPAddress Local { get; init; }

    public required IPAddress Peer { get; init; }

    public required uint Asn { get; init; }

    public required IPAddress RouterId { get; init; }

    /// <summary>Proposed hold time in seconds; keepalives are sent every third of it. 0: none are sent.</summary>
    public ushort HoldTime { get; init; } = 90;

    /// <summary>Families, in the order of the OPEN.</summary>
    public required IReadOnlyList<RouteFamily> Families { get; init; }

    /// <summary>Its role (RFC 9234); none when null.</summary>
    public BgpRole? Role { get; init; }

    /// <summary>TCP-MD5 (RFC 2385); none when null.</summary>
    public string? Password { get; init; }

    /// <summary>IP hop limit of its packets.</summary>
    public int HopLimit { get; init; } = 1;

    /// <summary>Lowest accepted hop limit of the router's packets (GTSM, RFC 5082); 0 accepts all.</summary>
    public int LeastHopLimit { get; init; }

    /// <summary>Receive buffer in bytes; 0: the kernel's default.</summary>
    public int ReceiveBuffer { get; init; }

    /// <summary>The OPEN of these options.</summary>
    public BgpOpen Open =>
        new()
        {
            Asn = Asn,
            HoldTime = HoldTime,
            RouterId = RouterId,
            Capabilities =
            [
                .. Families.Select(BgpCapability.Unicast),
                BgpCapability.Refresh,
                BgpCapability.Asn(Asn),
                .. Role is { } role ? [BgpCapability.OfRole(role)] : Array.Empty<BgpCapability>(),
            ],
        };
}
