namespace Appliance.Rendering.Views;

/// <summary>One BGP session.</summary>
/// <param name="Name">Key of the upstream.</param>
/// <param name="Address">The neighbor's address.</param>
/// <param name="Asn">The neighbor's AS number.</param>
/// <param name="Commands">What follows "neighbor ADDRESS ", in order.</param>
internal sealed record FrrNeighborView(
    string Name,
    string Address,
    uint Asn,
    IReadOnlyList<string> Commands
);
