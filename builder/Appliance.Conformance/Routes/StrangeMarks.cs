using Appliance.Conformance.Bgp;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Routes;

/// <summary>Communities that a neighbor has no right to write: ours, beside some of its own.</summary>
internal static class StrangeMarks
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
