using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Policies;

/// <summary>Which neighbor's route is preferred (LOCAL_PREF, RFC 4271).</summary>
public static class LocalPreference
{
    /// <summary>Customers first, then who takes no money, then who does. A drained session is last of all.</summary>
    public static uint Of(NeighborDocument neighbor) =>
        neighbor.Drain
            ? 0
            : neighbor.LocalPreference
                ?? neighbor.Role switch
                {
                    NeighborRole.Customer => 300u,
                    NeighborRole.Peer => 200u,
                    NeighborRole.RouteServer => 180u,
                    NeighborRole.Transit => 100u,
                };
}
