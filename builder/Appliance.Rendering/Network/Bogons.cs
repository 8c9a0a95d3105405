using System.Net;
using Appliance.Rendering.Internet;

namespace Appliance.Rendering.Network;

/// <summary>Space that nobody may use on the Internet, as routes and as sources of packets.</summary>
internal static class Bogons
{
    /// <summary>What is never a source on the wire, and lies outside 2000::/3, where routes are not looked at.</summary>
    private static readonly string[] Ipv6SourcesOutsideUnicast =
    [
        "::1/128",
        "::ffff:0:0/96",
        "100::/64",
        "fc00::/7",
        "fec0::/10",
        "ff00::/8",
    ];

    /// <summary>Prefixes of one family.</summary>
    public static IEnumerable<BogonPrefix> Prefixes(bool ipv6) =>
        InternetData.Current.BogonPrefixes.Where(item => Addresses.IsIpv6(item.Prefix) == ipv6);

    /// <summary>Sources to drop, but for prefixes that the site itself deals with (a lab, a NATed cloud).</summary>
    public static IEnumerable<string> SourcesExcept(IReadOnlyCollection<IPNetwork> used) =>
        Prefixes(ipv6: false)
            .Concat(Prefixes(ipv6: true))
            .Select(item => item.Prefix)
            .Concat(Ipv6SourcesOutsideUnicast)
            .Where(bogon => !used.Any(prefix => Addresses.Overlap(prefix, IPNetwork.Parse(bogon))));
}
