using System.Net;

namespace Appliance.Conformance.Bgp;

/// <summary>A route to announce; omitted attributes are those that an honest neighbor sends.</summary>
internal sealed record Announcement
{
    public required IPNetwork Prefix { get; init; }

    /// <summary>The whole path; the speaker's own number alone when null.</summary>
    public IReadOnlyList<AsPathSegment>? Path { get; init; }

    /// <summary>As in the message; the speaker's own address when null.</summary>
    public IReadOnlyList<IPAddress>? NextHop { get; init; }

    /// <summary>Attributes beyond origin, path and next hop.</summary>
    public IReadOnlyList<PathAttribute> More { get; init; } = [];

    /// <summary>The message that a speaker sends.</summary>
    public BgpUpdate ToUpdate(BgpSpeakerOptions speaker)
    {
        var path = Path ?? [AsPathSegment.Sequence(speaker.Asn)];
        var hops = NextHop ?? [speaker.Local];
        var family = WirePrefix.FamilyOf(Prefix);
        return family == RouteFamily.Ipv4
            ? new()
            {
                Attributes =
                [
                    PathAttribute.Origin,
                    PathAttribute.AsPath(path),
                    PathAttribute.NextHop(hops[0]),
                    .. More,
                ],
                Announced = [Prefix],
            }
            : new()
            {
                Attributes =
                [
                    PathAttribute.Origin,
                    PathAttribute.AsPath(path),
                    PathAttribute.Reach(family, hops, [Prefix]),
                    .. More,
                ],
            };
    }
}
