using Appliance.Conformance.Bgp;

namespace Appliance.Conformance.Routes;

/// <summary>A route that a neighbor announces, and what a safe edge does with it.</summary>
/// <param name="Id">Short name that never changes.</param>
/// <param name="Title">What is announced.</param>
/// <param name="Taken">It belongs into the routing table.</param>
/// <param name="Marked">It has marks of ours on it, which must come off.</param>
/// <param name="Dropped">It asks that packets be dropped: when it is taken, the kernel drops them.</param>
internal sealed record RouteProbe(
    string Id,
    string Title,
    Announcement Announcement,
    bool Taken,
    bool Marked = false,
    bool Dropped = false
);
