using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Physical interfaces, their addresses and gateways.</summary>
internal static class InterfaceValidation
{
    public static void Validate(NetworkScope scope)
    {
        foreach (var site in scope.Network.Sites)
        {
            foreach (var item in site.Interfaces)
            {
                CheckAddresses(scope, item);
                CheckGateway(scope, item, item.Ipv4, item.Gateway4, "ipv4");
                CheckGateway(scope, item, item.Ipv6, item.Gateway6, "ipv6");
                CheckDeviceName(scope, item);
                MtuValidation.CheckLeast(scope, item.Mtu);
            }

            CheckDevicesTwice(scope, site);
        }
    }

    private static void CheckAddresses(NetworkScope scope, SiteInterface item)
    {
        if (item.Ipv4 is null && item.Ipv6 is null && scope.IsReadable(item.At))
        {
            scope.Add(
                FindingCatalogue.NoAddress,
                item.At,
                $"interface {item.Name} has neither ipv4 nor ipv6",
                "write the address that the provider gave; without one the machine takes what its metadata or DHCP says"
            );
        }

        // A private network behind the machine is nobody's business; behind a gateway it is the way to the world.
        CheckSpace(scope, item.Ipv4, allowPrivate: item.Gateway4 is null);
        CheckSpace(scope, item.Ipv6, allowPrivate: item.Gateway6 is null);
    }

    private static void CheckSpace(
        NetworkScope scope,
        Located<InterfaceAddress>? address,
        bool allowPrivate
    )
    {
        if (address is not null)
        {
            AddressSpace.Check(scope, address.Value.Address, address.At, allowPrivate);
        }
    }

    private static void CheckGateway(
        NetworkScope scope,
        SiteInterface item,
        Located<InterfaceAddress>? address,
        Located<IpAddress>? gateway,
        string key
    )
    {
        if (gateway is null)
        {
            return;
        }

        if (address is null)
        {
            if (scope.IsReadable($"{item.At.Path}.{key}"))
            {
                scope.Add(
                    FindingCatalogue.GatewayWithoutAddress,
                    gateway.At,
                    $"{item.Name} has a gateway but no {key} address"
                );
            }
        }
        else if (gateway.Value == address.Value.Address)
        {
            scope.Add(
                FindingCatalogue.GatewayIsSelf,
                gateway.At,
                $"{gateway} is the interface's own address"
            );
        }
        else if (!gateway.Value.IsLinkLocal && !OnLink.IsHost(address.Value, gateway.Value))
        {
            scope.Add(
                FindingCatalogue.GatewayOffLink,
                gateway.At,
                $"gateway {gateway} is no host of {address.Value.Prefix}, the prefix of {item.Name}",
                "check the address's prefix length; the gateway must be on the same link"
            );
        }
    }

    private static void CheckDeviceName(NetworkScope scope, SiteInterface item)
    {
        if (
            item.Match.Value is DeviceMatch.ByDriver match
            && $"{match.Driver}{match.Index}".Length > DriverName.LongestDevice
        )
        {
            scope.Add(
                FindingCatalogue.DeviceNameTooLong,
                item.Match.At,
                $"{match.Driver}{match.Index} has more than {DriverName.LongestDevice} characters"
            );
        }
        else
        {
            CheckDriver(scope, item);
        }
    }

    private static void CheckDriver(NetworkScope scope, SiteInterface item)
    {
        if (
            item.Match.Value is DeviceMatch.ByDriver match
            && !NetworkDrivers.IsKnown(match.Driver.Text)
        )
        {
            scope.Add(
                FindingCatalogue.UnknownDriver,
                item.Match.At,
                $"FreeBSD has no network driver {match.Driver}",
                NetworkDrivers.Nearest(match.Driver.Text) is { } nearest
                    ? $"did you mean {nearest}? Usual ones are {NetworkDrivers.Usual}"
                    : $"usual ones are {NetworkDrivers.Usual}"
            );
        }
    }

    private static void CheckDevicesTwice(NetworkScope scope, Site site)
    {
        var owners = new Dictionary<DeviceMatch, EntryName>();
        foreach (var item in site.Interfaces)
        {
            if (!owners.TryAdd(item.Match.Value, item.Name))
            {
                scope.Add(
                    FindingCatalogue.DeviceTwice,
                    item.Match.At,
                    $"{item.Match} already is interface {owners[item.Match.Value]}"
                );
            }
        }
    }
}
