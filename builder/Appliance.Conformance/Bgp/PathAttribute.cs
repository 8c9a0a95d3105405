using System.Buffers.Binary;
using System.Net;

namespace Appliance.Conformance.Bgp;

/// <summary>
/// A path attribute of an UPDATE (RFC 4271, 4.3). Its value may be invalid.
/// </summary>
internal sealed record PathAttribute(byte Flags, PathAttributeType Type, byte[] Value)
{
    public const byte Optional = 0x80;
    public const byte Transitive = 0x40;

    private const byte ExtendedLength = 0x10;

    /// <summary>IGP; nothing that we test depends on the origin.</summary>
    public static PathAttribute Origin { get; } = new(Transitive, PathAttributeType.Origin, [0]);

    /// <summary>With AS numbers of four octets (RFC 6793).</summary>
    public static PathAttribute AsPath(params IReadOnlyList<AsPathSegment> segments) =>
        new(
            Transitive,
            PathAttributeType.AsPath,
            [
                .. segments.SelectMany(segment =>
                    new[] { (byte)segment.Kind, checked((byte)segment.Asns.Count) }.Concat(
                        segment.Asns.SelectMany(Octets)
                    )
                ),
            ]
        );

    /// <summary>Next hop of IPv4 routes; that of IPv6 is in <see cref="Reach"/>.</summary>
    public static PathAttribute NextHop(IPAddress address) =>
        new(Transitive, PathAttributeType.NextHop, address.GetAddressBytes());

    public static PathAttribute Med(uint value) =>
        new(Optional, PathAttributeType.MultiExitDiscriminator, Octets(value));

    public static PathAttribute LocalPreference(uint value) =>
        new(Transitive, PathAttributeType.LocalPreference, Octets(value));

    /// <summary>RFC 1997; the upper half is the AS number.</summary>
    public static PathAttribute Communities(params IReadOnlyList<uint> values) =>
        new(Optional | Transitive, PathAttributeType.Communities, [.. values.SelectMany(Octets)]);

    public static PathAttribute LargeCommunities(params IReadOnlyList<LargeCommunity> values) =>
        new(
            Optional | Transitive,
            PathAttributeType.LargeCommunities,
            [
                .. values.SelectMany(value =>
                    new[] { value.Administrator, value.Function, value.Parameter }.SelectMany(
                        Octets
                    )
                ),
            ]
        );

    /// <summary>Only To Customer (RFC 9234, 5): the AS that sent the route downwards.</summary>
    public static PathAttribute OnlyToCustomer(uint asn) =>
        new(Optional | Transitive, PathAttributeType.OnlyToCustomer, Octets(asn));

    /// <summary>Routes of a family other than IPv4 (RFC 4760, 3).</summary>
    /// <param name="nextHop">One address, or a global and a link-local one (RFC 2545, 3).</param>
    public static PathAttribute Reach(
        RouteFamily family,
        IReadOnlyList<IPAddress> nextHop,
        IEnumerable<IPNetwork> prefixes
    )
    {
        byte[] addresses = [.. nextHop.SelectMany(address => address.GetAddressBytes())];
        return new(
            Optional,
            PathAttributeType.MultiprotocolReach,
            [
                0,
                (byte)family,
                1,
                checked((byte)addresses.Length),
                .. addresses,
                0,
                .. prefixes.SelectMany(WirePrefix.Encode),
            ]
        );
    }

    /// <summary>Flags, type, length and value.</summary>
    public byte[] Encode()
    {
        if (Value.Length <= byte.MaxValue)
        {
            return [Flags, (byte)Type, (byte)Value.Length, .. Value];
        }

        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)Value.Length));
        return [(byte)(Flags | ExtendedLength), (byte)Type, .. length, .. Value];
    }

    internal static PathAttribute Read(ref WireReader reader)
    {
        var flags = reader.Byte();
        var type = (PathAttributeType)reader.Byte();
        int length = (flags & ExtendedLength) != 0 ? reader.UInt16() : reader.Byte();
        return new((byte)(flags & ~ExtendedLength), type, reader.Take(length).ToArray());
    }

    private static byte[] Octets(uint value)
    {
        var octets = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(octets, value);
        return octets;
    }
}

/// <summary>IANA's numbers of path attributes.</summary>
internal enum PathAttributeType : byte
{
    Origin = 1,
    AsPath = 2,
    NextHop = 3,
    MultiExitDiscriminator = 4,
    LocalPreference = 5,
    AtomicAggregate = 6,
    Aggregator = 7,
    Communities = 8,
    MultiprotocolReach = 14,
    MultiprotocolUnreach = 15,
    ExtendedCommunities = 16,
    LargeCommunities = 32,
    OnlyToCustomer = 35,
}
