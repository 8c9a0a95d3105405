using System.Buffers.Binary;
using System.Net;

namespace Appliance.Conformance.Bgp;

/// <summary>An OPEN message (RFC 4271, 4.2).</summary>
internal sealed record BgpOpen
{
    /// <summary>AS_TRANS, in the two octets of an AS number that needs four (RFC 6793).</summary>
    public const ushort AsTrans = 23456;

    private const byte Version = 4;
    private const byte CapabilitiesParameter = 2;
    private const int FixedLength = 10;

    public required uint Asn { get; init; }

    /// <summary>Seconds: 0, or at least 3.</summary>
    public required ushort HoldTime { get; init; }

    /// <summary>BGP identifier.</summary>
    public required IPAddress RouterId { get; init; }

    /// <summary>In the order of the message.</summary>
    public IReadOnlyList<BgpCapability> Capabilities { get; init; } = [];

    public BgpMessage ToMessage()
    {
        var capabilities = Capabilities
            .SelectMany(capability =>
                new[] { capability.Code, checked((byte)capability.Value.Length) }.Concat(
                    capability.Value
                )
            )
            .ToArray();
        var fixedPart = new byte[FixedLength];
        fixedPart[0] = Version;
        BinaryPrimitives.WriteUInt16BigEndian(
            fixedPart.AsSpan(1),
            Asn > ushort.MaxValue ? AsTrans : (ushort)Asn
        );
        BinaryPrimitives.WriteUInt16BigEndian(fixedPart.AsSpan(3), HoldTime);
        RouterId.TryWriteBytes(fixedPart.AsSpan(5), out _);
        fixedPart[9] = checked((byte)(capabilities.Length + 2));
        return new(
            BgpMessageType.Open,
            [.. fixedPart, CapabilitiesParameter, (byte)capabilities.Length, .. capabilities]
        );
    }

    /// <summary>Reads the body of an OPEN.</summary>
    /// <exception cref="BgpFormatException">The body is malformed.</exception>
    public static BgpOpen Parse(ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        if (reader.Byte() != Version)
        {
            throw new BgpFormatException("an OPEN is not of version 4");
        }

        uint asn = reader.UInt16();
        var holdTime = reader.UInt16();
        var routerId = new IPAddress(reader.Take(4));
        var capabilities = Capability(new WireReader(reader.Take(reader.Byte())));
        var fourOctets = capabilities.Find(item =>
            item is { Code: BgpCapability.FourOctetAsn, Value.Length: 4 }
        );
        return new()
        {
            Asn = fourOctets is null ? asn : BinaryPrimitives.ReadUInt32BigEndian(fourOctets.Value),
            HoldTime = holdTime,
            RouterId = routerId,
            Capabilities = capabilities,
        };
    }

    private static List<BgpCapability> Capability(WireReader parameters)
    {
        var found = new List<BgpCapability>();
        while (!parameters.AtEnd)
        {
            var kind = parameters.Byte();
            var parameter = new WireReader(parameters.Take(parameters.Byte()));
            while (kind == CapabilitiesParameter && !parameter.AtEnd)
            {
                var code = parameter.Byte();
                found.Add(new(code, parameter.Take(parameter.Byte()).ToArray()));
            }
        }

        return found;
    }
}
