namespace Appliance.Rendering.Views;

/// <summary>What stands in FRR's frr.conf.</summary>
/// <param name="Site">Key of the site.</param>
/// <param name="Hostname">Short host name.</param>
/// <param name="Asn">The AS number.</param>
/// <param name="RouterId">Dotted quad.</param>
/// <param name="RpkiCommands">Lines inside "rpki"; null when there are no caches.</param>
/// <param name="StaticRoutes">Whole commands.</param>
/// <param name="Neighbors">All sessions.</param>
/// <param name="Families">What is said per address family.</param>
/// <param name="BogonAsns">Which AS numbers may not stand in a path.</param>
internal sealed record FrrConfView(
    string Site,
    string Hostname,
    uint Asn,
    string RouterId,
    IReadOnlyList<string>? RpkiCommands,
    IReadOnlyList<string> StaticRoutes,
    IReadOnlyList<FrrNeighborView> Neighbors,
    IReadOnlyList<FrrFamilyView> Families,
    IReadOnlyList<FrrAsnClassView> BogonAsns
);
