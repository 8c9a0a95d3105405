using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Whether an address can be a host's, in this network.</summary>
internal static class AddressSpace
{
    public static void Check(
        NetworkScope scope,
        IpAddress address,
        SourceLocation at,
        bool allowPrivate
    )
    {
        var space = SpecialPurpose.ClassOf(address);
        if (space == SpaceClass.Never)
        {
            scope.Add(
                FindingCatalogue.AddressNeverUsed,
                at,
                $"{address} lies in space that no such interface can have an address of"
            );
        }
        else if (!scope.Network.Lab && IsRefused(space, allowPrivate))
        {
            scope.Add(
                FindingCatalogue.AddressNotPublic,
                at,
                $"{address} is {Words.For(space)} space and cannot be reached over the Internet",
                "write the machine's own address, or \"lab: true\" for a laboratory"
            );
        }
    }

    private static bool IsRefused(SpaceClass space, bool allowPrivate) =>
        space == SpaceClass.Documentation || (space == SpaceClass.Private && !allowPrivate);
}
