using System.Buffers.Binary;

namespace Appliance.Conformance.Bmp;

/// <summary>A message without the common header, in the octets of the wire (RFC 7854, 4.1).</summary>
/// <param name="Type">May be a number that no standard defines.</param>
internal sealed record BmpFrame(BmpMessageType Type, byte[] Body)
{
    /// <summary>Version, length and type.</summary>
    public const int HeaderLength = 6;

    /// <summary>The version of RFC 7854; earlier ones were drafts.</summary>
    public const byte Version = 3;

    /// <summary>
    /// Octets of the longest message that is read. The standard has no limit; a BGP message and a text of the
    /// greatest length fit.
    /// </summary>
    public const int LongestLength = 1 << 17;

    /// <summary>Reads the next message of a router.</summary>
    /// <returns>Null where the router has closed the connection between two messages.</returns>
    /// <exception cref="BmpFormatException">The octets are not a message, or it is truncated.</exception>
    public static async Task<BmpFrame?> ReadAsync(Stream stream, CancellationToken token)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var header = new byte[HeaderLength];
        var got = await stream.ReadAtLeastAsync(header, HeaderLength, false, token);
        if (got == 0)
        {
            return null;
        }

        if (got < HeaderLength)
        {
            throw new BmpFormatException(
                $"the connection ends after {got} of the {HeaderLength} octets of a header"
            );
        }

        var body = new byte[BodyLength(header)];
        got = await stream.ReadAtLeastAsync(body, body.Length, false, token);
        return got == body.Length
            ? new((BmpMessageType)header[^1], body)
            : throw new BmpFormatException(
                $"the connection ends after {got} of the {body.Length} octets of a {(BmpMessageType)header[^1]}"
            );
    }

    private static int BodyLength(ReadOnlySpan<byte> header)
    {
        if (header[0] != Version)
        {
            throw new BmpFormatException(
                $"a message is of version {header[0]}; only {Version} is known (RFC 7854)"
            );
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return length is < HeaderLength or > LongestLength
            ? throw new BmpFormatException($"a message says that it is {length} octets long")
            : (int)length - HeaderLength;
    }
}

/// <summary>The octets on the wire are not BMP.</summary>
internal sealed class BmpFormatException(string message, Exception? inner = null)
    : Exception(message, inner);
