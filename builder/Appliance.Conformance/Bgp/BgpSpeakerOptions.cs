using System.Net;
using Appliance.Lab.Linux;

namespace Appliance.Conformance.Bgp;

/// <summary>Who a speaker is, and to whom it speaks.</summary>
internal sealed record BgpSpeakerOptions
{
    /// <summary>The namespace its socket lives in.</summary>
    public required NetworkNamespace Inside { get; init; }

    /// <summary>Address of this end; with a scope when it is link-local.</summary>
    public required IPAddress Local { get; init; }

    public required IPAddress Peer { get; init; }

    public required uint Asn { get; init; }

    public required IPAddress RouterId { get; init; }

    /// <summary>Seconds that are proposed; keepalives go out three times as often. 0: none are sent.</summary>
    public ushort HoldTime { get; init; } = 90;

    /// <summary>Families, in the order of the OPEN.</summary>
    public required IReadOnlyList<RouteFamily> Families { get; init; }

    /// <summary>What it says it is to its neighbor (RFC 9234); nothing when null.</summary>
    public BgpRole? Role { get; init; }

    /// <summary>TCP-MD5 (RFC 2385); none when null.</summary>
    public string? Password { get; init; }

    /// <summary>IP hop limit of what it sends.</summary>
    public int HopLimit { get; init; } = 1;

    /// <summary>Packets of the router with a lower hop limit are not taken (GTSM, RFC 5082); 0 takes all.</summary>
    public int LeastHopLimit { get; init; }

    /// <summary>Bytes that the kernel keeps for us; 0: its own choice.</summary>
    public int ReceiveBuffer { get; init; }

    /// <summary>The OPEN that follows from all this.</summary>
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
