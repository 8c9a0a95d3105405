using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Appliance.Rendering.Network;

/// <summary>Reads the address forms of a site document: plain, with prefix length, and prefixes.</summary>
internal static class Addresses
{
    /// <summary>
    /// True for canonical text only: IPAddress also takes "1", "[::1]" and "fe80::1%x", which other
    /// programs read differently or not at all.
    /// </summary>
    public static bool TryParse(string text, out IPAddress address)
    {
        address = IPAddress.None;
        if (!text.All(character => char.IsAsciiHexDigitLower(character) || character is '.' or ':'))
        {
            return false;
        }

        if (!IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        address = parsed;
        return parsed.AddressFamily == AddressFamily.InterNetworkV6
            ? !text.Contains('.', StringComparison.Ordinal)
            : parsed.ToString() == text;
    }

    /// <summary>Splits "198.51.100.10/24".</summary>
    public static bool TryParseWithLength(string text, out IPAddress address, out int length)
    {
        address = IPAddress.None;
        length = 0;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && TryParse(text[..slash], out address)
            && int.TryParse(
                text.AsSpan(slash + 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out length
            )
            && length.ToString(CultureInfo.InvariantCulture) == text[(slash + 1)..]
            && length <= Bits(address);
    }

    /// <summary>A prefix without host bits.</summary>
    public static bool TryParsePrefix(string text, out IPNetwork prefix)
    {
        prefix = default;
        // IPNetwork itself drops host bits without a word.
        return TryParseWithLength(text, out var address, out _)
            && IPNetwork.TryParse(text, out prefix)
            && NetworkOf(text).BaseAddress.Equals(address);
    }

    /// <summary>The address of "198.51.100.10/24".</summary>
    public static string WithoutLength(string text) => text[..text.IndexOf('/')];

    /// <summary>The prefix length of "198.51.100.10/24".</summary>
    public static int LengthOf(string text) =>
        int.Parse(text.AsSpan(text.IndexOf('/') + 1), CultureInfo.InvariantCulture);

    public static bool IsIpv6(string text) => text.Contains(':', StringComparison.Ordinal);

    public static bool IsLinkLocal(string text) =>
        TryParse(text, out var address) && address.IsIPv6LinkLocal;

    /// <summary>The prefix that "198.51.100.10/24" lies in.</summary>
    public static IPNetwork NetworkOf(string addressWithLength)
    {
        var address = IPAddress.Parse(WithoutLength(addressWithLength));
        var length = LengthOf(addressWithLength);
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPNetwork(new IPAddress(bytes), length);
    }

    /// <summary>A prefix that holds one address only.</summary>
    public static IPNetwork HostPrefix(string address)
    {
        var parsed = IPAddress.Parse(address);
        return new IPNetwork(parsed, Bits(parsed));
    }

    public static bool Overlap(IPNetwork left, IPNetwork right) =>
        left.BaseAddress.AddressFamily == right.BaseAddress.AddressFamily
        && (left.Contains(right.BaseAddress) || right.Contains(left.BaseAddress));

    private static int Bits(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32;
}
