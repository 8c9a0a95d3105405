using System.Net;

namespace Appliance.Rendering.Network;

/// <summary>
/// Numbers that nobody may use on the Internet: IANA's special-purpose address and AS registries
/// (RFC 6890, RFC 7607, RFC 5398, RFC 6996), as of 2026-01.
/// </summary>
internal static class Bogons
{
    public static IReadOnlyList<string> Ipv4Prefixes { get; } =
    [
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
    ];

    public static IReadOnlyList<string> Ipv6Prefixes { get; } =
    [
        "2001::/32",
        "2001:2::/48",
        "2001:10::/28",
        "2001:20::/28",
        "2001:db8::/32",
        "2002::/16",
        "3ffe::/16",
        "3fff::/20",
    ];

    /// <summary>What is never a source on the wire, and lies outside 2000::/3, where routes are not looked at.</summary>
    public static IReadOnlyList<string> Ipv6SourcesOutsideUnicast { get; } =
    ["::1/128", "::ffff:0:0/96", "100::/64", "fc00::/7", "fec0::/10", "ff00::/8"];

    /// <summary>
    /// Classes of AS numbers with the regular expression that finds one in a path; the expressions have
    /// been compared with the classes for every number.
    /// </summary>
    public static IReadOnlyList<AsnClass> AsnClasses { get; } =
    [
        new("reserved (RFC 7607)", 0, 0, "_0_"),
        new("AS_TRANS (RFC 6793)", 23456, 23456, "_23456_"),
        new(
            "documentation and private, 16 bits",
            64496,
            65535,
            "_(6449[6-9]|645[0-9][0-9]|64[6-9][0-9][0-9]|65[0-4][0-9][0-9]|655[0-2][0-9]|6553[0-5])_"
        ),
        new(
            "documentation and reserved, 32 bits",
            65536,
            131071,
            "_(6553[6-9]|655[4-9][0-9]|65[6-9][0-9][0-9]|6[6-9][0-9][0-9][0-9]|[7-9][0-9][0-9][0-9][0-9]|1[0-2][0-9][0-9][0-9][0-9]|130[0-9][0-9][0-9]|1310[0-6][0-9]|13107[01])_"
        ),
        new(
            "private, 32 bits",
            4200000000,
            4294967295,
            "_42[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]_"
        ),
    ];

    /// <summary>Sources to drop, but for prefixes that the site itself deals with (a lab, a NATed cloud).</summary>
    public static IEnumerable<string> SourcesExcept(IReadOnlyCollection<IPNetwork> used) =>
        Ipv4Prefixes
            .Concat(Ipv6Prefixes)
            .Concat(Ipv6SourcesOutsideUnicast)
            .Where(bogon => !used.Any(prefix => Addresses.Overlap(prefix, IPNetwork.Parse(bogon))));
}
