using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>The least MTU, for interfaces and tunnels alike.</summary>
internal static class MtuValidation
{
    public static void CheckLeast(NetworkScope scope, Located<Mtu>? mtu)
    {
        if (mtu is not null && mtu.Value.Bytes < Mtu.Ipv6Minimum)
        {
            scope.Add(
                FindingCatalogue.MtuBelowIpv6,
                mtu.At,
                $"an MTU of {mtu} is below {Mtu.Ipv6Minimum}, the least that IPv6 allows"
            );
        }
    }
}
