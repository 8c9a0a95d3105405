using Appliance.Rendering.Documents;
using Appliance.Rendering.Internet;
using Appliance.Rendering.Network;

namespace Appliance.Rendering.Policies;

/// <summary>How many accepted routes a session may bring before it is torn down (RFC 7454, 8).</summary>
public static class ImportLimit
{
    /// <summary>The file's own number, or what is expected of such a session; null when it brings none or one.</summary>
    public static int? Of(NeighborDocument neighbor) =>
        neighbor.MaximumPrefix ?? Expected(neighbor)?.Of(Addresses.IsIpv6(neighbor.Address));

    private static RouteCount? Expected(NeighborDocument neighbor)
    {
        var limits = InternetData.Current.Limits;
        return neighbor switch
        {
            { Import: ImportMode.Default or ImportMode.Nothing } => null,
            { Role: NeighborRole.Customer } => limits.Customer,
            { Import: ImportMode.Partial } => limits.Partial,
            { Role: NeighborRole.Transit } => limits.Full,
            { Role: NeighborRole.Peer or NeighborRole.RouteServer } => limits.Peer,
        };
    }
}
