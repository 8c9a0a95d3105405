using Appliance.Conformance.Bgp;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Routes;

/// <summary>Communities that a neighbor must not set: ours, with some of its own.</summary>
internal static class ForeignCommunities
{
    /// <param name="own">A standard community that may stay.</param>
    public static IReadOnlyList<PathAttribute> On(LabSession session, uint own) =>
        [
            PathAttribute.Communities((session.EdgeAsn << 16) | 666, own),
            PathAttribute.LargeCommunities(
                new LargeCommunity(session.EdgeAsn, 9, 9),
                new LargeCommunity(session.Neighbor.Asn, 1, 1)
            ),
        ];
}
