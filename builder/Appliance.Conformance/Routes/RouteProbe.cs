using Appliance.Conformance.Bgp;

namespace Appliance.Conformance.Routes;

/// <summary>A route that a neighbor announces, and how the edge is to treat it.</summary>
/// <param name="Id">Stable identifier.</param>
/// <param name="Title">What is announced.</param>
/// <param name="Accepted">The edge is to accept it.</param>
/// <param name="Marked">It carries our communities, which the edge must remove.</param>
/// <param name="Dropped">It is a blackhole request: once accepted, the kernel drops the packets.</param>
internal sealed record RouteProbe(
    string Id,
    string Title,
    Announcement Announcement,
    bool Accepted,
    bool Marked = false,
    bool Dropped = false
);
