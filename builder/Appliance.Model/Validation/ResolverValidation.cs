using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Hosts that are given by name need somebody to ask for their address.</summary>
internal static class ResolverValidation
{
    public static void Validate(NetworkScope scope)
    {
        if (!scope.IsReadable("$.nameservers"))
        {
            return;
        }

        foreach (var site in scope.Network.Sites)
        {
            var servers = site.Nameservers ?? scope.Network.Nameservers;
            if (servers.Count > 0 || !scope.IsReadable(site, "nameservers"))
            {
                continue;
            }

            foreach (var host in HostsOf(scope.Network, site).Where(h => !h.Value.IsAddress))
            {
                scope.Add(
                    FindingCatalogue.NameWithoutResolver,
                    host.At,
                    $"{host} is a name, and not every site has nameservers to look it up",
                    "nameservers: [2001:db8::53] in the network or the site; or write the address"
                );
            }
        }
    }

    private static IEnumerable<Located<HostOrAddress>> HostsOf(Network network, Site site)
    {
        var times = site.TimeServers ?? network.TimeServers;
        return site.Role == Role.Edge
            ? times.Concat(network.RpkiCaches.Select(c => c.Host))
            : times;
    }
}
