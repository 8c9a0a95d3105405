using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Networks;

/// <summary>Reads one physical interface of a site.</summary>
internal sealed class InterfaceReader(NodeReader reader)
{
    private const int HighestIndex = 255;

    public SiteInterface? Read(YamlEntry entry, EntryName name)
    {
        if (reader.Mapping(entry.Value) is not { } mapping)
        {
            return null;
        }

        var map = new MappingReader(reader, mapping, entry.At);
        var match = ReadMatch(map);
        var ipv4 = map.OptionalInterfaceAddress("ipv4", IpFamily.Ipv4);
        var gateway4 = map.OptionalAddress("gateway4", IpFamily.Ipv4);
        var ipv6 = map.OptionalInterfaceAddress("ipv6", IpFamily.Ipv6);
        var gateway6 = map.OptionalAddress("gateway6", IpFamily.Ipv6);
        var mtu = map.OptionalValue<Mtu>("mtu");
        map.Finish();
        return match is null
            ? null
            : new SiteInterface
            {
                At = entry.At,
                Name = name,
                Match = match,
                Ipv4 = ipv4,
                Gateway4 = gateway4,
                Ipv6 = ipv6,
                Gateway6 = gateway6,
                Mtu = mtu,
            };
    }

    private Located<DeviceMatch>? ReadMatch(MappingReader owner)
    {
        var entry = owner.Required(
            "match",
            "{mac: …}, {driver: vtnet, index: 0}, {pci: 0:0:3:0} or {default_route: true}"
        );
        if (owner.Below(entry) is not { } map)
        {
            return null;
        }

        var mac = map.OptionalValue<Mac>("mac");
        var driver = map.OptionalValue<DriverName>("driver");
        var index = map.OptionalNumber("index", 0, HighestIndex);
        var pci = map.OptionalValue<PciPosition>("pci");
        var isDefault = map.OptionalBoolean("default_route");
        map.Finish();
        if (
            !ExclusiveKeys.Check(map, "mac", "driver", "pci", "default_route")
            || IsIndexMisplaced(map)
        )
        {
            return null;
        }

        if (isDefault is { Value: false } no)
        {
            reader.Report.Add(
                FindingCatalogue.Contradiction,
                no.At,
                "default_route: false says which device it is not; say which it is"
            );
        }

        DeviceMatch? match = mac is not null ? new DeviceMatch.ByMac(mac.Value) : null;
        match ??= pci is not null ? new DeviceMatch.ByPci(pci.Value) : null;
        match ??= isDefault is { Value: true } ? new DeviceMatch.ByDefaultRoute() : null;
        match ??=
            driver is not null && index is not null
                ? new DeviceMatch.ByDriver(driver.Value, index.Value)
                : null;
        return match is null ? null : new Located<DeviceMatch>(match, entry!.At);
    }

    private bool IsIndexMisplaced(MappingReader map)
    {
        if (map.Has("driver"))
        {
            return map.Required("index", "devices of the driver count from 0") is null;
        }

        if (map.Optional("index") is { } index)
        {
            reader.Report.Add(
                FindingCatalogue.Contradiction,
                index.At,
                "index belongs to driver and has no meaning here"
            );
            return true;
        }

        return false;
    }
}
