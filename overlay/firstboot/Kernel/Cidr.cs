using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Appliance.FirstBoot.Kernel;

/// <summary>An address with a prefix length, or a prefix; compared by value, whatever the spelling was.</summary>
/// <param name="Address">Without a scope.</param>
/// <param name="Length">Bits.</param>
internal readonly record struct Cidr(IPAddress Address, int Length)
{
    public bool IsIpv6 => Address.AddressFamily == AddressFamily.InterNetworkV6;

    /// <summary>Reads "2001:db8::1/64", "192.0.2.1" or "fe80::1%vtnet0/64"; a missing length is that of a host.</summary>
    /// <returns>False when it is neither.</returns>
    public static bool TryParse(string text, out Cidr cidr)
    {
        cidr = default;
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var host = WithoutScope(slash < 0 ? text : text[..slash]);
        if (!IPAddress.TryParse(host, out var address))
        {
            return false;
        }

        var bits = address.AddressFamily == AddressFamily.InterNetworkV6 ? 128 : 32;
        var length = bits;
        if (
            slash >= 0
            && !int.TryParse(
                text.AsSpan(slash + 1),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out length
            )
        )
        {
            return false;
        }

        cidr = new Cidr(address, length);
        return length <= bits;
    }

    /// <summary>Reads what a site document says.</summary>
    /// <exception cref="FirstBootException">It is no address.</exception>
    public static Cidr Parse(string text) =>
        TryParse(text, out var cidr)
            ? cidr
            : throw new FirstBootException($"the site document has '{text}' for an address");

    /// <summary>True when this prefix holds the address.</summary>
    public bool Contains(IPAddress address)
    {
        if (address.AddressFamily != Address.AddressFamily)
        {
            return false;
        }

        var ours = Address.GetAddressBytes();
        var theirs = address.GetAddressBytes();
        for (var bit = 0; bit < Length; bit++)
        {
            var mask = 0x80 >> (bit % 8);
            if ((ours[bit / 8] & mask) != (theirs[bit / 8] & mask))
            {
                return false;
            }
        }

        return true;
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Address}/{Length}");

    private static string WithoutScope(string host) => host.Split('%', 2)[0];
}
