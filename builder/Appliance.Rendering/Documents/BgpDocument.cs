namespace Appliance.Rendering.Documents;

/// <summary>What bgpd of an edge is told.</summary>
public sealed record BgpDocument
{
    /// <summary>Dotted quad; the first IPv4 address of the site.</summary>
    public required string RouterId { get; init; }

    public required IReadOnlyList<NeighborDocument> Neighbors { get; init; }

    public IReadOnlyList<RpkiCacheDocument> RpkiCaches
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Parts of our prefixes whose traffic is dropped, here and at neighbors with a community for it.</summary>
    public IReadOnlyList<string> Blackholes
    {
        get;
        init => field = value ?? [];
    } = [];

    /// <summary>Names of communities, for people who read bgpd's answers.</summary>
    public IReadOnlyDictionary<string, string> CommunityNames
    {
        get;
        init => field = value ?? new Dictionary<string, string>();
    } = new Dictionary<string, string>();

    /// <summary>Who is told everything that is received (RFC 7854); null for nobody.</summary>
    public BmpDocument? Bmp { get; init; }
}

/// <summary>A BGP monitoring station.</summary>
public sealed record BmpDocument(string Host, int Port);
