using System.Net;

namespace Appliance.Lab.Topology;

/// <summary>
/// Numbers that the lab makes up. What is announced must pass the filters that we test, so it comes from space that
/// filters take for ordinary and that nobody holds: IPv6 of 2d00::/8 (IANA keeps it in reserve) and AS numbers from 600000
/// (not handed out yet). IPv4 has no such space left; 11.0.0.0/8 never leaves the namespaces.
/// </summary>
public static class LabNumbers
{
    /// <summary>AS number of the world.</summary>
    public const uint WorldAsn = 600_000;

    /// <summary>How many networks the world announces, of each family.</summary>
    public const int WorldNetworks = 20;

    /// <summary>The world's network of a number, and the AS that it begins in.</summary>
    public static (IPNetwork Ipv6, IPNetwork Ipv4, uint Origin) WorldNetwork(int number) =>
        (
            IPNetwork.Parse($"2d00:{0x1000 + number:x}::/32"),
            IPNetwork.Parse($"11.{number}.0.0/16"),
            WorldAsn + 1000 + (uint)number
        );

    /// <summary>The network that a neighbor of a number originates itself.</summary>
    public static (IPNetwork Ipv6, IPNetwork Ipv4) OwnNetwork(int number) =>
        (
            IPNetwork.Parse($"2d00:{0x2000 + number:x}::/32"),
            IPNetwork.Parse($"11.{100 + number}.0.0/16")
        );

    /// <summary>A host in a neighbor's own network.</summary>
    public static (IPAddress Ipv6, IPAddress Ipv4) OwnHost(int number) =>
        (
            IPAddress.Parse($"2d00:{0x2000 + number:x}::1"),
            IPAddress.Parse($"11.{100 + number}.0.1")
        );

    /// <summary>A host out there, in the first of the world's networks.</summary>
    public static IPAddress FarHost6 { get; } = IPAddress.Parse("2d00:1000::1");

    public static IPAddress FarHost4 { get; } = IPAddress.Parse("11.0.0.1");

    /// <summary>Ends of the cable between the world (first) and the upstream of a number.</summary>
    public static (IPAddress First, IPAddress Second) Cable6(int number) =>
        (
            IPAddress.Parse($"2d00:ffff:0:{number:x}::2"),
            IPAddress.Parse($"2d00:ffff:0:{number:x}::3")
        );

    /// <summary>The same for IPv4, out of the space of RFC 6598.</summary>
    public static (IPAddress First, IPAddress Second) Cable4(int number) =>
        (
            IPAddress.Parse($"100.64.{number / 128}.{(number % 128) * 2}"),
            IPAddress.Parse($"100.64.{number / 128}.{((number % 128) * 2) + 1}")
        );

    /// <summary>Link-local address of an upstream's end of its session; the number keeps those of one link apart.</summary>
    public static IPAddress UpstreamLinkLocal(int number) =>
        IPAddress.Parse($"fe80::b:{number + 1:x}");

    /// <summary>Link-local address of a site's devices.</summary>
    public static IPAddress SiteLinkLocal(int number) => IPAddress.Parse($"fe80::a:{number + 1:x}");

    /// <summary>Link-local address of the world on every switch: without one it could ask for nobody's MAC address.</summary>
    public static IPAddress SwitchLinkLocal { get; } = IPAddress.Parse("fe80::c:1");

    /// <summary>Link-local addresses of the ends of every cable between the world (first) and another node.</summary>
    public static (IPAddress First, IPAddress Second) CableLinkLocal { get; } =
        (IPAddress.Parse("fe80::d:2"), IPAddress.Parse("fe80::d:3"));

    /// <summary>Stands for the RPKI cache of a number that the file gives by name.</summary>
    public static IPAddress NamedCache(int number) => IPAddress.Parse($"100.64.255.{number + 1}");

    /// <summary>Stands for the BMP station of a number that the file gives by name.</summary>
    public static IPAddress NamedStation(int number) => IPAddress.Parse($"100.64.254.{number + 1}");

    /// <summary>Linux's table for a FIB other than 0.</summary>
    public static int TableOf(int fib) => fib == 0 ? LabRoute.Main : 1000 + fib;
}
