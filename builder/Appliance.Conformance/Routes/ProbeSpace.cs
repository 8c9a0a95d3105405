using System.Net;
using Appliance.Lab;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Routes;

/// <summary>
/// Prefixes that a neighbor may announce, each used once: of a customer's own space, otherwise of the lab's synthetic
/// space.
/// </summary>
internal sealed class ProbeSpace(LabSession session)
{
    private const int LongestIpv6 = 48;
    private const int LongestIpv4 = 24;
    private int used;

    private int Longest => session.IsIpv6 ? LongestIpv6 : LongestIpv4;

    /// <summary>Returns the next unused prefix.</summary>
    public IPNetwork Next()
    {
        var number = used++;
        return session.Neighbor.Role == NeighborRole.Customer ? OfCustomer(number)
            : session.IsIpv6
                ? IPNetwork.Parse($"2d00:{0x4000 + (session.Number * 0x100) + number:x}::/32")
            : IPNetwork.Parse($"12.{session.Number}.{number}.0/24");
    }

    /// <summary>Half of a prefix.</summary>
    public static IPNetwork Half(IPNetwork prefix) =>
        new(prefix.BaseAddress, prefix.PrefixLength + 1);

    /// <summary>A more specific of a customer's prefix that the customer does not announce: counted from its end.</summary>
    public static IPNetwork Last(IPNetwork prefix, int number)
    {
        var longest =
            prefix.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
                ? LongestIpv6
                : LongestIpv4;
        var bytes = prefix.BaseAddress.GetAddressBytes();
        for (var bit = prefix.PrefixLength; bit < longest; bit++)
        {
            bytes[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        bytes[(longest / 8) - 1] -= (byte)number;
        return new(new IPAddress(bytes), longest);
    }

    private IPNetwork OfCustomer(int number)
    {
        foreach (var prefix in session.Neighbor.AllowedPrefixes.Select(IPNetwork.Parse))
        {
            var room = Longest - prefix.PrefixLength;
            if (room > 0 && (room > 20 || number < 1 << room))
            {
                return new(Add(prefix.BaseAddress, number), Longest);
            }
        }

        throw new LabException(
            LabFault.BadRequest,
            $"{session.Title} may announce too little for the matrix: give it a prefix of /{Longest - 6} or shorter"
        );
    }

    /// <summary>The prefix of the longest length with a number, counted from an address.</summary>
    private IPAddress Add(IPAddress address, int number)
    {
        var bytes = address.GetAddressBytes();
        for (var i = (Longest / 8) - 1; i >= 0 && number > 0; i--, number >>= 8)
        {
            bytes[i] = (byte)(bytes[i] + (number & 0xff));
        }

        return new(bytes);
    }
}
