using System.Buffers.Binary;

namespace Appliance.Conformance.Bgp;

/// <summary>A message without its header, in the octets of the wire.</summary>
/// <param name="Type">May be a number that no standard defines.</param>
internal sealed record BgpMessage(BgpMessageType Type, byte[] Body)
{
    /// <summary>Marker, length and type (RFC 4271, 4.1).</summary>
    public const int HeaderLength = 19;

    /// <summary>Bytes of the longest message without RFC 8654.</summary>
    public const int LongestLength = 4096;

    private const int MarkerLength = 16;

    public static BgpMessage KeepAlive { get; } = new(BgpMessageType.KeepAlive, []);

    /// <summary>Header and body.</summary>
    public byte[] Encode()
    {
        var bytes = new byte[HeaderLength + Body.Length];
        bytes.AsSpan(0, MarkerLength).Fill(0xff);
        BinaryPrimitives.WriteUInt16BigEndian(
            bytes.AsSpan(MarkerLength),
            checked((ushort)bytes.Length)
        );
        bytes[MarkerLength + 2] = (byte)Type;
        Body.CopyTo(bytes, HeaderLength);
        return bytes;
    }

    /// <summary>Reads the next message of a session.</summary>
    /// <exception cref="EndOfStreamException">The session was closed.</exception>
    /// <exception cref="BgpFormatException">The octets are not a message.</exception>
    public static async Task<BgpMessage> ReadAsync(Stream stream, CancellationToken token)
    {
        var header = new byte[HeaderLength];
        await stream.ReadExactlyAsync(header, token);
        var body = new byte[BodyLength(header)];
        await stream.ReadExactlyAsync(body, token);
        return new((BgpMessageType)header[^1], body);
    }

    /// <summary>Reads a message embedded in another one.</summary>
    /// <exception cref="BgpFormatException">The octets are not a message.</exception>
    internal static BgpMessage Read(ref WireReader reader)
    {
        var header = reader.Take(HeaderLength);
        return new((BgpMessageType)header[^1], reader.Take(BodyLength(header)).ToArray());
    }

    private static int BodyLength(ReadOnlySpan<byte> header)
    {
        if (header[..MarkerLength].ContainsAnyExcept((byte)0xff))
        {
            throw new BgpFormatException("a message does not begin with sixteen octets of ones");
        }

        int length = BinaryPrimitives.ReadUInt16BigEndian(header[MarkerLength..]);
        return length is < HeaderLength or > LongestLength
            ? throw new BgpFormatException($"a message says that it is {length} octets long")
            : length - HeaderLength;
    }
}

/// <summary>The octets on the wire are not BGP.</summary>
internal sealed class BgpFormatException(string message) : Exception(message);
