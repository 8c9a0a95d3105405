using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Networks;

/// <summary>How a tunnel packs IPv6 into IPv4.</summary>
public enum TunnelProtocol
{
    /// <summary>gif(4): protocol 41, 20 bytes of overhead.</summary>
    Gif,

    /// <summary>gre(4) without key or checksum: protocol 47, 24 bytes of overhead.</summary>
    Gre,
}

/// <summary>A tunnel between two sites, declared once; both ends are derived from it.</summary>
public sealed record Link
{
    public required SourceLocation At { get; init; }

    public required TunnelProtocol Protocol { get; init; }

    /// <summary>The first end; it has the even inner address.</summary>
    public required Located<EntryName> First { get; init; }

    public required Located<EntryName> Second { get; init; }

    /// <summary>
    /// Number of the link's /127 within link_prefix, from 1. It is the link's position in the list unless
    /// the file says otherwise, which keeps addresses when an earlier link is removed.
    /// </summary>
    public required Located<int> Number { get; init; }

    public Located<Mtu>? Mtu { get; init; }

    /// <summary>Underlay interface by site, where it is not the site's default underlay.</summary>
    public IReadOnlyList<LinkUnderlay> Over { get; init; } = [];

    public bool Joins(EntryName site) => First.Value == site || Second.Value == site;

    /// <summary>The end that is not <paramref name="site"/>.</summary>
    public EntryName FarEnd(EntryName site) => First.Value == site ? Second.Value : First.Value;
}

/// <summary>Which interface of a link's end carries the tunnel.</summary>
public sealed record LinkUnderlay(SourceLocation At, EntryName Site, Located<EntryName> Interface);
