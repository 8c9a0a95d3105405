using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>What a downstream holds of the AS's space.</summary>
internal static class DownstreamValidation
{
    public static void Validate(NetworkScope scope)
    {
        foreach (var site in scope.Network.Sites.Where(s => s.Role == Role.Downstream))
        {
            if (!scope.IsReadable(site, "prefixes"))
            {
                continue;
            }

            if (site.Prefixes.Count == 0)
            {
                scope.Add(
                    FindingCatalogue.NoDownstreamPrefix,
                    site.At,
                    $"{site.Name} holds no prefix; its tunnel carries nothing",
                    "give it a part of the network's space under \"prefixes\""
                );
            }

            CheckAddresses(scope, site);
        }
    }

    private static void CheckAddresses(NetworkScope scope, Site site)
    {
        foreach (var address in site.Addresses)
        {
            CheckInside(scope, site, address, "address");
        }

        foreach (var jail in site.Jails)
        {
            CheckInside(scope, site, jail.Address, $"address of jail {jail.Name}");
        }
    }

    private static void CheckInside(
        NetworkScope scope,
        Site site,
        Located<IpAddress> address,
        string what
    )
    {
        var home = site.Prefixes.FirstOrDefault(p => p.Value.Contains(address.Value));
        if (home is null)
        {
            scope.Add(
                FindingCatalogue.OutsideSite,
                address.At,
                $"the {what}, {address}, lies outside the prefixes of {site.Name}"
            );
        }
        else if (home.Value.First == address.Value && home.Value.Length < 127)
        {
            // RFC 4291, section 2.6.1: the subnet-router anycast address.
            scope.Add(
                FindingCatalogue.AddressNeverUsed,
                address.At,
                $"{address} is the first address of {home}, which names the network itself"
            );
        }
    }
}
