using Appliance.Model.Networks;
using Appliance.Model.Reports;

namespace Appliance.Model.Validation;

/// <summary>All checks of a network, topic by topic.</summary>
public static class NetworkValidation
{
    private static readonly Action<NetworkScope>[] Topics =
    [
        AnnouncementValidation.Validate,
        AsnValidation.Validate,
        AddressSpaceValidation.Validate,
        AdminValidation.Validate,
        ResolverValidation.Validate,
        TimeValidation.Validate,
        SiteValidation.Validate,
        InterfaceValidation.Validate,
        ConnectedValidation.Validate,
        LanValidation.Validate,
        DefaultRouteValidation.Validate,
        DownstreamValidation.Validate,
        UniqueAddressValidation.Validate,
        UpstreamValidation.Validate,
        RoleValidation.Validate,
        ImportValidation.Validate,
        SessionValidation.Validate,
        CommunityValidation.Validate,
        SystemLimitValidation.Validate,
        BlackholeValidation.Validate,
        LinkValidation.Validate,
        TopologyValidation.Validate,
        TunnelValidation.Validate,
        RouteValidation.Validate,
    ];

    /// <summary>Adds the findings about what could be read of a network; the report may already have others.</summary>
    public static void Validate(Network network, Report report)
    {
        var scope = new NetworkScope(network, report);
        foreach (var validate in Topics)
        {
            validate(scope);
        }
    }
}
