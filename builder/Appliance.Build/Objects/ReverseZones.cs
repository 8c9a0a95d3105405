using System.Globalization;
using System.Net;
using Appliance.Model.Values;

namespace Appliance.Build.Objects;

/// <summary>
/// The reverse zones of a prefix, on the boundaries at which registries delegate: whole nibbles below ip6.arpa (RFC 3596),
/// whole octets below in-addr.arpa (RFC 1035), and ranges of the last octet for less than a /24, as RIPE writes them.
/// </summary>
internal static class ReverseZones
{
    private const int LongestOctets = 24;

    public static IReadOnlyList<string> Of(IpPrefix prefix)
    {
        var bytes = IPAddress.Parse(prefix.ToString().Split('/')[0]).GetAddressBytes();
        return prefix.Family == IpFamily.Ipv6 ? [.. Nibbles(bytes, prefix.Length)]
            : prefix.Length > LongestOctets ? [Range(bytes, prefix.Length)]
            : [.. Octets(bytes, prefix.Length)];
    }

    private static IEnumerable<string> Nibbles(byte[] bytes, int length)
    {
        const int Width = 4;
        var labels = Math.Max(1, (length + Width - 1) / Width);
        var nibbles = bytes.SelectMany(octet => new[] { octet >> 4, octet & 0xf }).ToArray();
        for (var number = 0; number < 1 << ((labels * Width) - length); number++)
        {
            nibbles[labels - 1] += number == 0 ? 0 : 1;
            var names = nibbles[..labels]
                .Reverse()
                .Select(nibble => nibble.ToString("x", CultureInfo.InvariantCulture));
            yield return $"{string.Join('.', names)}.ip6.arpa";
        }
    }

    private static IEnumerable<string> Octets(byte[] bytes, int length)
    {
        const int Width = 8;
        var labels = Math.Max(1, (length + Width - 1) / Width);
        for (var number = 0; number < 1 << ((labels * Width) - length); number++)
        {
            bytes[labels - 1] += (byte)(number == 0 ? 0 : 1);
            yield return $"{string.Join('.', bytes[..labels].Reverse())}.in-addr.arpa";
        }
    }

    private static string Range(byte[] bytes, int length)
    {
        var last = bytes[3] + (1 << (32 - length)) - 1;
        var name = last == bytes[3] ? $"{last}" : $"{bytes[3]}-{last}";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{name}.{bytes[2]}.{bytes[1]}.{bytes[0]}.in-addr.arpa"
        );
    }
}
