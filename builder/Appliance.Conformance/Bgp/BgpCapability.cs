using System.Buffers.Binary;

namespace Appliance.Conformance.Bgp;

/// <summary>A capability of a speaker (RFC 5492).</summary>
/// <param name="Code">IANA's number.</param>
internal sealed record BgpCapability(byte Code, byte[] Value)
{
    /// <summary>RFC 4760.</summary>
    public const byte Multiprotocol = 1;

    /// <summary>RFC 2918.</summary>
    public const byte RouteRefresh = 2;

    /// <summary>RFC 9234.</summary>
    public const byte Role = 9;

    /// <summary>RFC 6793.</summary>
    public const byte FourOctetAsn = 65;

    /// <summary>Unicast routes of a family.</summary>
    public static BgpCapability Unicast(RouteFamily family) =>
        new(Multiprotocol, [0, (byte)family, 0, 1]);

    public static BgpCapability Refresh { get; } = new(RouteRefresh, []);

    public static BgpCapability Asn(uint asn)
    {
        var value = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(value, asn);
        return new(FourOctetAsn, value);
    }

    public static BgpCapability OfRole(BgpRole role) => new(Role, [(byte)role]);
}

/// <summary>Role of a speaker on a session (RFC 9234, 4.1).</summary>
internal enum BgpRole : byte
{
    Provider = 0,
    RouteServer = 1,
    RouteServerClient = 2,
    Customer = 3,
    Peer = 4,
}

/// <summary>Address families, by IANA's numbers.</summary>
internal enum RouteFamily : byte
{
    Ipv4 = 1,
    Ipv6 = 2,
}
