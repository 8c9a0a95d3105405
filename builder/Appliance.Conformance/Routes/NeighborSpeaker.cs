using Appliance.Conformance.Bgp;
using Appliance.Lab.Running;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Routes;

/// <summary>One of our speakers in the place of a neighbor.</summary>
internal static class NeighborSpeaker
{
    private const int FullHopLimit = 255;

    /// <summary>Returns the options with which an edge accepts it as the neighbor.</summary>
    public static BgpSpeakerOptions Options(RunningLab lab, LabSession session) =>
        new()
        {
            Inside = lab.Namespace(session.Upstream),
            Local = session.UpstreamAddress,
            Peer = session.EdgeAddress,
            Asn = session.Neighbor.Asn,
            RouterId = LabNumbers.Cable4(session.Number).Second,
            Families = [session.IsIpv6 ? RouteFamily.Ipv6 : RouteFamily.Ipv4],
            HopLimit = session.Neighbor.Session.TtlSecurity ? FullHopLimit : 1,
            LeastHopLimit = session.Neighbor.Session.TtlSecurity ? FullHopLimit : 0,
            Password = session.Neighbor.PasswordSecret is { } name
                ? lab.Request.Secrets.Find(name)
                : null,
            Role = RoleOf(session.Neighbor.Role),
        };

    /// <summary>Returns the role of a neighbor (RFC 9234).</summary>
    public static BgpRole RoleOf(NeighborRole role) =>
        role switch
        {
            NeighborRole.Peer => BgpRole.Peer,
            NeighborRole.RouteServer => BgpRole.RouteServer,
            NeighborRole.Customer => BgpRole.Customer,
            NeighborRole.Transit => BgpRole.Provider,
        };

    /// <summary>Returns the role of the edge on a neighbor's session.</summary>
    public static BgpRole EdgeRoleOf(NeighborRole role) =>
        role switch
        {
            NeighborRole.Peer => BgpRole.Peer,
            NeighborRole.RouteServer => BgpRole.RouteServerClient,
            NeighborRole.Customer => BgpRole.Provider,
            NeighborRole.Transit => BgpRole.Customer,
        };
}
