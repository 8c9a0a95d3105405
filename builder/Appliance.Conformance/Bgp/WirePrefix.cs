using System.Net;
using System.Net.Sockets;

namespace Appliance.Conformance.Bgp;

/// <summary>Prefixes as length in bits and as many octets as that takes (RFC 4271, 4.3).</summary>
internal static class WirePrefix
{
    public static byte[] Encode(IPNetwork prefix) =>
        [
            (byte)prefix.PrefixLength,
            .. prefix.BaseAddress.GetAddressBytes().Take((prefix.PrefixLength + 7) / 8),
        ];

    public static List<IPNetwork> ReadAll(ReadOnlySpan<byte> bytes, RouteFamily family)
    {
        var reader = new WireReader(bytes);
        var prefixes = new List<IPNetwork>();
        var address = new byte[family == RouteFamily.Ipv4 ? 4 : 16];
        while (!reader.AtEnd)
        {
            var length = reader.Byte();
            if (length > address.Length * 8)
            {
                throw new BgpFormatException($"a prefix of {family} is {length} bits long");
            }

            Array.Clear(address);
            reader.Take((length + 7) / 8).CopyTo(address);
            prefixes.Add(new IPNetwork(Masked(address, length), length));
        }

        return prefixes;
    }

    /// <summary>Whether a prefix is one of IPv4 or of IPv6.</summary>
    public static RouteFamily FamilyOf(IPNetwork prefix) =>
        prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork
            ? RouteFamily.Ipv4
            : RouteFamily.Ipv6;

    /// <summary>Bits beyond the length are ignored on the wire.</summary>
    private static IPAddress Masked(byte[] address, int length)
    {
        var masked = (byte[])address.Clone();
        if (length % 8 != 0)
        {
            masked[length / 8] &= (byte)(0xff << (8 - (length % 8)));
        }

        return new IPAddress(masked);
    }
}
