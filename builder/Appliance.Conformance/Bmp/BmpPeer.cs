using System.Net;
using Appliance.Conformance.Bgp;

namespace Appliance.Conformance.Bmp;

/// <summary>The peer of a message (RFC 7854, 4.2).</summary>
/// <param name="Type">0: a session of the router's one instance.</param>
/// <param name="Address">The peer's; of its own family.</param>
/// <param name="Asn">The peer's.</param>
/// <param name="Identifier">The peer's BGP identifier.</param>
/// <param name="Time">Time of the event; null where the router does not give one.</param>
internal sealed record BmpPeer(
    byte Type,
    BmpPeerFlags Flags,
    IPAddress Address,
    uint Asn,
    IPAddress Identifier,
    DateTimeOffset? Time
)
{
    /// <summary>Octets of the header.</summary>
    public const int HeaderLength = 42;

    private const int DistinguisherLength = 8;
    private const uint MicrosecondsInSecond = 1_000_000;

    /// <summary>Whether the routes are those after the import policy.</summary>
    public bool IsPostPolicy => Flags.HasFlag(BmpPeerFlags.PostPolicy);

    internal static BmpPeer Read(ref WireReader reader)
    {
        var type = reader.Byte();
        var flags = (BmpPeerFlags)reader.Byte();
        reader.Take(DistinguisherLength);
        var address = ReadAddress(ref reader, flags);
        var asn = reader.UInt32();
        var identifier = new IPAddress(reader.Take(4));
        var seconds = reader.UInt32();
        var microseconds = reader.UInt32();
        if (microseconds >= MicrosecondsInSecond)
        {
            throw new BgpFormatException($"a second has {microseconds} microseconds");
        }

        return new(
            type,
            flags,
            address,
            asn,
            identifier,
            seconds == 0
                ? null
                : DateTimeOffset.FromUnixTimeSeconds(seconds).AddMicroseconds(microseconds)
        );
    }

    /// <summary>Sixteen octets, of which one of IPv4 takes the last four.</summary>
    internal static IPAddress ReadAddress(ref WireReader reader, BmpPeerFlags flags)
    {
        var octets = reader.Take(16);
        return flags.HasFlag(BmpPeerFlags.Ipv6) ? new(octets)
            : octets[..12].ContainsAnyExcept((byte)0)
                ? throw new BgpFormatException("an address of IPv4 is longer than four octets")
            : new(octets[12..]);
    }
}

/// <summary>Flags of a peer (RFC 7854, 4.2).</summary>
[Flags]
internal enum BmpPeerFlags : byte
{
    None = 0,

    /// <summary>V: the peer's address is one of IPv6.</summary>
    Ipv6 = 0x80,

    /// <summary>L: after the import policy.</summary>
    PostPolicy = 0x40,

    /// <summary>A: AS_PATH has AS numbers of two octets.</summary>
    ShortPath = 0x20,
}
