using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>No address belongs to two things.</summary>
internal static class UniqueAddressValidation
{
    public static void Validate(NetworkScope scope)
    {
        var owners = new Dictionary<IpAddress, (string What, SourceLocation At)>();
        foreach (var (address, what) in scope.Network.Sites.SelectMany(Addresses))
        {
            if (!owners.TryAdd(address.Value.Address, (what, address.At)))
            {
                var owner = owners[address.Value.Address];
                scope.Add(
                    FindingCatalogue.AddressTwice,
                    address.At,
                    $"{address.Value.Address} is the address of {what} and of {owner.What} (line {owner.At.Span.Line})"
                );
            }
        }

        CheckRouterIds(scope);
    }

    private static IEnumerable<(Located<InterfaceAddress> Address, string What)> Addresses(
        Site site
    )
    {
        foreach (var item in site.Interfaces)
        {
            var what = $"interface {item.Name} of {site.Name}";
            if (item.Ipv4 is not null && !IsInternal(item.Ipv4.Value, item.Gateway4))
            {
                yield return (item.Ipv4, what);
            }

            if (item.Ipv6 is not null && !IsInternal(item.Ipv6.Value, item.Gateway6))
            {
                yield return (item.Ipv6, what);
            }
        }

        foreach (var upstream in site.Upstreams)
        {
            if (upstream.Over is UpstreamPath.Tunnel tunnel)
            {
                yield return (tunnel.Address, $"the tunnel to {upstream.Name} of {site.Name}");
            }
        }

        // Two equal loopbacks are overlapping space already.
        foreach (var address in site.Addresses)
        {
            yield return (Alone(address), $"{site.Name} itself");
        }

        foreach (var jail in site.Jails)
        {
            yield return (Alone(jail.Address), $"jail {jail.Name} of {site.Name}");
        }
    }

    // Private networks behind two machines may well use the same addresses.
    public static bool IsInternal(InterfaceAddress address, Located<IpAddress>? gateway) =>
        gateway is null && SpecialPurpose.ClassOf(address.Address) == SpaceClass.Private;

    private static Located<InterfaceAddress> Alone(Located<IpAddress> address) =>
        new(new InterfaceAddress(address.Value, address.Value.Width), address.At);

    private static void CheckRouterIds(NetworkScope scope)
    {
        var owners = new Dictionary<IpAddress, EntryName>();
        foreach (var site in scope.Network.Sites.Where(s => s.Role == Role.Edge))
        {
            if (
                Derivation.RouterId(site) is { } id
                && !owners.TryAdd(id, site.Name)
                && site.RouterId is { } written
            )
            {
                scope.Add(
                    FindingCatalogue.AddressTwice,
                    written.At,
                    $"{id} already is the BGP identifier of {owners[id]}"
                );
            }
        }
    }
}
