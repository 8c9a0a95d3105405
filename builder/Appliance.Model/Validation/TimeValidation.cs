using Appliance.Model.Networks;
using Appliance.Model.Reports;

namespace Appliance.Model.Validation;

/// <summary>Where machines get the time from when the file does not say: FreeBSD's pool, by name.</summary>
internal static class TimeValidation
{
    private const int MostNames = 5;

    public static void Validate(NetworkScope scope)
    {
        if (!scope.IsReadable("$.time_servers"))
        {
            return;
        }

        var sites = scope
            .Network.Sites.Where(site =>
                (site.TimeServers ?? scope.Network.TimeServers).Count == 0
                && scope.IsReadable(site, "time_servers")
            )
            .ToList();
        var blind = sites.Where(site => !CanLookUp(scope, site)).ToList();
        if (blind.Count > 0)
        {
            scope.Add(
                FindingCatalogue.TimeWithoutResolver,
                scope.Network.At,
                $"{Names(blind)} cannot look up FreeBSD's time servers, which are the default",
                "time_servers: [192.0.2.123], or nameservers to look up names"
            );
        }

        if (sites.Count > blind.Count)
        {
            scope.Add(
                FindingCatalogue.DefaultTimeServers,
                scope.Network.At,
                $"{Names([.. sites.Except(blind)])} get the time from FreeBSD's pool, the default",
                "time_servers: [ntp.example.net] names others, for the network or a site"
            );
        }
    }

    // DHCP, the way of an interface without addresses, brings resolvers along.
    private static bool CanLookUp(NetworkScope scope, Site site) =>
        (site.Nameservers ?? scope.Network.Nameservers).Count > 0
        || !scope.IsReadable("$.nameservers")
        || !scope.IsReadable(site, "nameservers")
        || site.Interfaces.Any(i => i is { Ipv4: null, Ipv6: null });

    private static string Names(List<Site> sites)
    {
        var names = string.Join(", ", sites.Take(MostNames).Select(site => site.Name.Text));
        return sites.Count > MostNames ? $"{names} and {sites.Count - MostNames} more" : names;
    }
}
