namespace Appliance.Rendering.Views;

/// <summary>What frr.conf says of one address family.</summary>
/// <param name="Label">"v4" or "v6", part of the names of lists.</param>
/// <param name="Keyword">"ip" or "ipv6", which begins prefix-list commands.</param>
/// <param name="AddressFamily">"ipv4" or "ipv6", as in "address-family ipv6 unicast".</param>
/// <param name="Everything">The prefix that covers all: "0.0.0.0/0" or "::/0".</param>
/// <param name="Routable">The space routes may lie in.</param>
/// <param name="ShortestPrefix">Shortest prefix length taken from others.</param>
/// <param name="LongestPrefix">Longest prefix length taken from others.</param>
/// <param name="HostLength">32 or 128.</param>
/// <param name="Own">Our prefixes of the family.</param>
/// <param name="OwnList">Name of the list of our space; null when we have none of this family.</param>
/// <param name="Bogons">Prefixes nobody may announce.</param>
/// <param name="Sessions">Sessions that carry the family.</param>
internal sealed record FrrFamilyView(
    string Label,
    string Keyword,
    string AddressFamily,
    string Everything,
    string Routable,
    int ShortestPrefix,
    int LongestPrefix,
    int HostLength,
    IReadOnlyList<string> Own,
    string? OwnList,
    IReadOnlyList<string> Bogons,
    IReadOnlyList<FrrFamilySessionView> Sessions
);
