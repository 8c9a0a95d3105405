using System.Globalization;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;

namespace Appliance.Rendering.Files.RcConf;

/// <summary>Physical interfaces, and the addresses of the machine itself on lo0.</summary>
internal static class RcInterfaces
{
    /// <summary>
    /// What a router must not let its network cards do: packets put together by LRO cannot be forwarded,
    /// and a virtual card that trusts unfinished checksums passes them on.
    /// </summary>
    private const string ForwardingOptions = " -rxcsum -rxcsum6 -lro -tso";

    public static void Add(Site site, SettingGroups groups)
    {
        var cloned = ClonedDevices(site);
        groups.AddQuoted(
            "Devices that exist only because they are named here",
            ("cloned_interfaces", cloned.Length == 0 ? null : cloned)
        );
        foreach (var item in site.Document.Interfaces)
        {
            AddInterface(site, item, groups);
        }

        AddAdvertised(site, groups);
        groups.AddQuoted(
            "Addresses of the machine itself; a longer prefix would put a network on lo0",
            site.Document.Loopback.Select(
                (address, index) => ($"ifconfig_lo0_alias{index}", (string?)HostAddress(address))
            )
        );
    }

    /// <summary>"inet6 ADDRESS prefixlen 128" or "inet ADDRESS/32".</summary>
    public static string HostAddress(string address) =>
        Addresses.IsIpv6(address) ? $"inet6 {address} prefixlen 128" : $"inet {address}/32";

    private static string ClonedDevices(Site site)
    {
        var tunnels = site.Document.Tunnels.Select(tunnel => tunnel.Device);
        return string.Join(
            ' ',
            site.Document.Announced is { } announced ? tunnels.Append(announced.Device) : tunnels
        );
    }

    private static void AddInterface(Site site, InterfaceDocument item, SettingGroups groups)
    {
        var device = site.DeviceOf(item);
        groups.AddQuoted(
            $"Interface {item.Name}",
            ($"ifconfig_{device}", LinkAndIpv4(site, item)),
            ($"ifconfig_{device}_ipv6", Ipv6(item))
        );
    }

    /// <summary>
    /// A kernel that forwards accepts router advertisements only on the interface named here (RFC 6204, W-3), and only
    /// rtsold(8) asks for them there.
    /// </summary>
    private static void AddAdvertised(Site site, SettingGroups groups)
    {
        var item = site.Document.Interfaces.FirstOrDefault(item =>
            item.RouterAdvertisements == true
        );
        if (item is null || !site.Forwards)
        {
            return;
        }

        groups.AddQuoted(
            "The IPv6 default route comes from router advertisements",
            ("ipv6_cpe_wanif", site.DeviceOf(item)),
            ("rtsold_enable", "YES")
        );
    }

    private static string LinkAndIpv4(Site site, InterfaceDocument item)
    {
        var address = item switch
        {
            { Ipv4: { } ipv4 } => $"inet {ipv4}",
            _ when item.UsesDhcp() => "SYNCDHCP",
            _ => "up",
        };
        var mtu = item.Mtu is { } bytes
            ? string.Create(CultureInfo.InvariantCulture, $" mtu {bytes}")
            : "";
        return address + mtu + (site.Forwards ? ForwardingOptions : "");
    }

    // An address and a default route of ours leave no room for what a router on the link advertises.
    private static string? Ipv6(InterfaceDocument item)
    {
        var accepts = item.RouterAdvertisements == true ? "accept_rtadv" : "-accept_rtadv";
        return item switch
        {
            { Ipv6: { } ipv6 } =>
                $"inet6 {Addresses.WithoutLength(ipv6)} prefixlen {Addresses.LengthOf(ipv6)} {accepts}",
            { Gateway6: not null } => "inet6 -accept_rtadv auto_linklocal",
            { RouterAdvertisements: true } => "inet6 accept_rtadv auto_linklocal",
            _ => null,
        };
    }
}
