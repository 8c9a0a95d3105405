using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Derived;

/// <summary>
/// The inner addresses of links. Link number n has the /127 number n of link_prefix, counted from 0; the first
/// end has its even address. Number 0 stays free, because RFC 6164 (section 5.1) keeps an address with a zero
/// interface identifier from use. Numbers are positions in the list, from 1: a link that is appended renumbers
/// none of the others.
/// </summary>
public static class LinkAddresses
{
    /// <summary>The first and the second end of a link.</summary>
    /// <exception cref="ArgumentOutOfRangeException">link_prefix has no room; validation reports that.</exception>
    public static (InterfaceAddress First, InterfaceAddress Second) Of(
        IpPrefix linkPrefix,
        int number
    )
    {
        var subnet = linkPrefix.Subnet(127, (UInt128)number);
        return (
            new InterfaceAddress(subnet.First, subnet.Length),
            new InterfaceAddress(subnet.Last, subnet.Length)
        );
    }

    /// <summary>The highest link number that link_prefix has room for; 0 if none.</summary>
    public static UInt128 HighestNumber(IpPrefix linkPrefix)
    {
        if (linkPrefix.Length > 126)
        {
            return UInt128.Zero;
        }

        // RFC 6164 also keeps the highest 128 interface identifiers of a /64 or shorter from use, 64 subnets.
        var last = linkPrefix.LastSubnet(127);
        return linkPrefix.Length <= 64 ? last - 64 : last;
    }
}
