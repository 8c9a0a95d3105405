using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Appliance.Lab.Topology;

/// <summary>Reads the addresses of site documents: "198.51.100.10/24".</summary>
public static class AddressText
{
    public static LabAddress WithLength(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return new(
            IPAddress.Parse(text.AsSpan(0, slash)),
            int.Parse(text.AsSpan(slash + 1), CultureInfo.InvariantCulture)
        );
    }

    /// <summary>The prefix of the link that an address stands on.</summary>
    public static IPNetwork NetworkOf(string text)
    {
        var address = WithLength(text);
        var bytes = address.Address.GetAddressBytes();
        for (var bit = address.PrefixLength; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new(new IPAddress(bytes), address.PrefixLength);
    }

    /// <summary>The prefix that holds one address only.</summary>
    public static IPNetwork Host(IPAddress address) =>
        new(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128);

    public static IPNetwork Everything(AddressFamily family) =>
        family == AddressFamily.InterNetwork ? new(IPAddress.Any, 0) : new(IPAddress.IPv6Any, 0);
}
