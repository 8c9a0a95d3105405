using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using static Appliance.Rendering.Validation.FieldChecks;

namespace Appliance.Rendering.Validation;

/// <summary>Physical interfaces and how they are found.</summary>
internal static class InterfaceValidation
{
    // The smallest and the largest MTU that ifconfig(8) takes on Ethernet.
    private const int MinimumMtu = 72;
    private const int MaximumMtu = 65535;

    public static void Check(SiteDocument document)
    {
        RequireThat(
            "$.interfaces",
            document.Interfaces.Count > 0,
            "at least one interface is needed"
        );
        RequireUnique("$.interfaces", document.Interfaces.Select(item => item.Name));
        for (var index = 0; index < document.Interfaces.Count; index++)
        {
            CheckInterface($"$.interfaces[{index}]", document.Interfaces[index]);
        }

        RequireThat(
            "$.interfaces",
            document.Interfaces.Count(item => item.Gateway4 is not null) <= 1
                && document.Interfaces.Count(item => item.Gateway6 is not null) <= 1,
            "FIB 0 has one default route per family: only one interface may have gateway4, and one gateway6"
        );
    }

    private static void CheckInterface(string where, InterfaceDocument item)
    {
        Require(
            $"{where}.name",
            item.Name,
            Grammar.IsName,
            "a name (letters, digits, '-', '_', '.')"
        );
        CheckMatch($"{where}.match", item.Match);
        RequireIfPresent(
            $"{where}.ipv4",
            item.Ipv4,
            Grammar.IsIpv4WithLength,
            "an IPv4 address with prefix length"
        );
        RequireIfPresent($"{where}.gateway4", item.Gateway4, Grammar.IsIpv4, "an IPv4 address");
        RequireIfPresent(
            $"{where}.ipv6",
            item.Ipv6,
            Grammar.IsIpv6WithLength,
            "an IPv6 address with prefix length"
        );
        RequireIfPresent($"{where}.gateway6", item.Gateway6, Grammar.IsIpv6, "an IPv6 address");
        RequireThat(
            $"{where}.gateway4",
            item.Gateway4 is null || item.Ipv4 is not null,
            "a gateway needs an address of its family"
        );
        RequireThat(
            $"{where}.gateway6",
            item.Gateway6 is null || item.Ipv6 is not null || Addresses.IsLinkLocal(item.Gateway6),
            "a gateway needs an address of its family"
        );
        RequireThat(
            $"{where}.dhcp4",
            item.Dhcp4 is null || item.Ipv4 is null,
            "an address of its own and DHCP exclude each other"
        );
        RequireThat(
            $"{where}.router_advertisements",
            item.RouterAdvertisements is not true || item.Gateway6 is null,
            "a gateway of its own and router advertisements exclude each other"
        );
        if (item.Mtu is { } mtu)
        {
            RequireRange($"{where}.mtu", mtu, MinimumMtu, MaximumMtu);
        }
    }

    private static void CheckMatch(string where, InterfaceMatch match)
    {
        RequireIfPresent($"{where}.mac", match.Mac, Grammar.IsMac, "a MAC address in lower case");
        RequireIfPresent($"{where}.driver", match.Driver, Grammar.IsDriver, "a driver name");
        RequireIfPresent($"{where}.pci", match.Pci, Grammar.IsPci, "a PCI position (0:0:3:0)");
        RequireRange($"{where}.index", match.Index ?? 0, 0, 999);
        var ways =
            (match.Mac is null ? 0 : 1)
            + (match.Driver is null && match.Index is null ? 0 : 1)
            + (match.Pci is null ? 0 : 1)
            + (match.DefaultRoute is null ? 0 : 1);
        RequireThat(
            where,
            ways == 1,
            "exactly one of mac, driver with index, pci, and default_route is needed"
        );
        RequireThat(
            $"{where}.default_route",
            match.DefaultRoute is not false,
            "false does not say which device it is"
        );
        RequireThat(
            where,
            match.Driver is null == match.Index is null,
            "driver and index go together"
        );
    }
}
