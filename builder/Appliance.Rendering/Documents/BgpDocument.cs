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
}
