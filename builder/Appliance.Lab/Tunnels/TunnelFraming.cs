using System.Buffers.Binary;

namespace Appliance.Lab.Tunnels;

/// <summary>What stands between the outer IPv4 header and the inner packet.</summary>
internal static class TunnelFraming
{
    /// <summary>Bytes of GRE's header without options (RFC 2784, 2).</summary>
    public const int GreHeader = 4;

    private const ushort EtherTypeIpv4 = 0x0800;
    private const ushort EtherTypeIpv6 = 0x86dd;
    private const ushort ChecksumPresent = 0x8000;

    /// <summary>Bytes that <see cref="WriteHeader"/> needs before the inner packet.</summary>
    public static int HeaderLength(TunnelProtocolNumber protocol) =>
        protocol == TunnelProtocolNumber.Gre ? GreHeader : 0;

    /// <summary>Writes what precedes an inner packet.</summary>
    /// <param name="header">Of <see cref="HeaderLength"/>.</param>
    /// <param name="inner">An IPv4 or IPv6 packet.</param>
    /// <returns>False for a packet that this tunnel does not carry.</returns>
    public static bool WriteHeader(
        TunnelProtocolNumber protocol,
        Span<byte> header,
        ReadOnlySpan<byte> inner
    )
    {
        var version = inner.IsEmpty ? 0 : inner[0] >> 4;
        if (protocol == TunnelProtocolNumber.Ipv6)
        {
            return version == 6;
        }

        if (version is not (4 or 6))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt16BigEndian(header, 0);
        BinaryPrimitives.WriteUInt16BigEndian(
            header[2..],
            version == 4 ? EtherTypeIpv4 : EtherTypeIpv6
        );
        return true;
    }

    /// <summary>The inner packet of an outer one, as a raw socket delivers it: IPv4 header included (raw(7)).</summary>
    /// <returns>Empty when it is none that this tunnel carries: truncated, of another version, or with GRE options.</returns>
    public static ReadOnlySpan<byte> Inner(TunnelProtocolNumber protocol, ReadOnlySpan<byte> outer)
    {
        if (outer.Length < 20 || outer[0] >> 4 != 4)
        {
            return [];
        }

        var length = (outer[0] & 0xf) * 4;
        if (length < 20 || outer.Length <= length)
        {
            return [];
        }

        var payload = outer[length..];
        return protocol == TunnelProtocolNumber.Gre ? AfterGre(payload)
            : payload[0] >> 4 == 6 ? payload
            : [];
    }

    private static ReadOnlySpan<byte> AfterGre(ReadOnlySpan<byte> payload)
    {
        if (payload.Length <= GreHeader)
        {
            return [];
        }

        var flags = BinaryPrimitives.ReadUInt16BigEndian(payload);
        // A checksum has four bytes of its own and may be ignored (RFC 2784, 2.3); anything else is another protocol.
        var skip = flags == ChecksumPresent ? GreHeader + 4 : GreHeader;
        if ((flags & ~ChecksumPresent) != 0 || payload.Length <= skip)
        {
            return [];
        }

        var version = BinaryPrimitives.ReadUInt16BigEndian(payload[2..]) switch
        {
            EtherTypeIpv4 => 4,
            EtherTypeIpv6 => 6,
            _ => 0,
        };
        var inner = payload[skip..];
        return version != 0 && inner[0] >> 4 == version ? inner : [];
    }
}
