using System.Buffers.Binary;
using System.Net;

namespace Appliance.Conformance.Bgp;

/// <summary>An UPDATE: withdrawn and announced routes (RFC 4271, 4.3).</summary>
internal sealed record BgpUpdate
{
    /// <summary>Withdrawn IPv4 routes.</summary>
    public IReadOnlyList<IPNetwork> Withdrawn { get; init; } = [];

    /// <summary>In the order of the message.</summary>
    public IReadOnlyList<PathAttribute> Attributes { get; init; } = [];

    /// <summary>Announced IPv4 routes.</summary>
    public IReadOnlyList<IPNetwork> Announced { get; init; } = [];

    public PathAttribute? Find(PathAttributeType type) =>
        Attributes.FirstOrDefault(attribute => attribute.Type == type);

    public BgpMessage ToMessage()
    {
        byte[] withdrawn = [.. Withdrawn.SelectMany(WirePrefix.Encode)];
        byte[] attributes = [.. Attributes.SelectMany(attribute => attribute.Encode())];
        return new(
            BgpMessageType.Update,
            [
                .. Length(withdrawn),
                .. withdrawn,
                .. Length(attributes),
                .. attributes,
                .. Announced.SelectMany(WirePrefix.Encode),
            ]
        );
    }

    /// <summary>Reads the body of an UPDATE.</summary>
    /// <exception cref="BgpFormatException">The body is malformed.</exception>
    public static BgpUpdate Parse(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        var withdrawn = WirePrefix.ReadAll(reader.Take(reader.UInt16()), RouteFamily.Ipv4);
        var attributes = new List<PathAttribute>();
        var list = new WireReader(reader.Take(reader.UInt16()));
        while (!list.AtEnd)
        {
            attributes.Add(PathAttribute.Read(ref list));
        }

        return new()
        {
            Withdrawn = withdrawn,
            Attributes = attributes,
            Announced = WirePrefix.ReadAll(reader.TakeRest(), RouteFamily.Ipv4),
        };
    }

    private static byte[] Length(byte[] part)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, checked((ushort)part.Length));
        return length;
    }
}
