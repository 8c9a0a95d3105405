using Appliance.Rendering.Network;

namespace Appliance.Rendering.Files.Routing;

/// <summary>What differs between IPv4 and IPv6 in frr.conf.</summary>
/// <param name="Label">"v4" or "v6", part of the names of lists.</param>
/// <param name="Keyword">"ip" or "ipv6", which begins prefix-list and route commands.</param>
/// <param name="Name">"ipv4" or "ipv6", as in "address-family ipv6 unicast".</param>
/// <param name="Everything">The prefix that covers all.</param>
/// <param name="Routable">The space that has been opened for networks.</param>
/// <param name="Shortest">Shortest prefix length taken from others.</param>
/// <param name="Longest">Longest prefix length taken from others.</param>
/// <param name="Host">32 or 128.</param>
/// <param name="Discard">
/// A next hop that stands for dropping: an address that nobody can have, out of 100::/64 (RFC 6666) and the dummy address of
/// IPv4 (RFC 7600).
/// </param>
internal sealed record FrrFamily(
    string Label,
    string Keyword,
    string Name,
    string Everything,
    string Routable,
    int Shortest,
    int Longest,
    int Host,
    string Discard
)
{
    public static FrrFamily Ipv4 { get; } =
        new("v4", "ip", "ipv4", "0.0.0.0/0", "0.0.0.0/0", 8, 24, 32, Discard: "192.0.0.8");

    public static FrrFamily Ipv6 { get; } =
        new("v6", "ipv6", "ipv6", "::/0", "2000::/3", 16, 48, 128, Discard: "100::1");

    public bool IsIpv6 => Host == 128;

    public bool Has(string addressOrPrefix) => Addresses.IsIpv6(addressOrPrefix) == IsIpv6;

    /// <summary>Name of a list of this family: "own-v6".</summary>
    public string List(string purpose) => $"{purpose}-{Label}";

    /// <summary>"match ipv6 address prefix-list NAME".</summary>
    public string MatchPrefixes(string list) => $" match {Keyword} address prefix-list {list}";

    /// <summary>"ipv6 prefix-list NAME seq N WHAT".</summary>
    public string PrefixList(string list, int sequence, string what) =>
        $"{Keyword} prefix-list {list} seq {sequence} {what}";
}
