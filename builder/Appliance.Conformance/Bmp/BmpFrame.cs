using System.Buffers.Binary;

namespace Appliance.Conformance.Bmp;

/// <summary>A message as it stands on the wire, without the common header (RFC 7854, 4.1).</summary>
/// <param name="Type">A number that no standard knows is possible, too.</param>
internal sealed record BmpFrame(BmpMessageType Type, byte[] Body)
{
    /// <summary>Version, length and type.</summary>
    public const int HeaderLength = 6;

    /// <summary>Of RFC 7854; those before were drafts.</summary>
    public const byte Version = 3;

    /// <summary>
    /// Octets of the longest message that is read. The standard knows no limit; a BGP message and a text of the
    /// greatest length fit.
    /// </summary>
    public const int LongestLength = 1 << 17;

    /// <summary>Reads the next message of a router.</summary>
    /// <returns>Null where the router has closed the connection between two messages.</returns>
    /// <exception cref="BmpFormatException">No message stands there, or it breaks off.</exception>
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

/// <summary>What stands on the wire is not BMP.</summary>
internal sealed class BmpFormatException(string message, Exception? inner = null)
    : Exception(message, inner);
