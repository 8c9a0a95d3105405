using Appliance.Rendering.Documents;

namespace Appliance.Rendering;

/// <summary>Whether a machine forwards packets of others: gateway_enable and ipv6_gateway_enable of rc.conf(5).</summary>
public static class SiteForwarding
{
    public static bool Ipv4(SiteDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Role == SiteRole.Edge;
    }

    /// <summary>Always on an edge; on a downstream when its addresses lie on a bridge.</summary>
    public static bool Ipv6(SiteDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.Role == SiteRole.Edge
            || document.Announced?.Device.StartsWith("bridge", StringComparison.Ordinal) == true;
    }
}
