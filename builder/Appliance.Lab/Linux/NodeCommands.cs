using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Appliance.Lab.Topology;
using Appliance.Lab.Tunnels;

namespace Appliance.Lab.Linux;

/// <summary>What makes a node, as lines for <c>ip -batch</c> inside its namespace, and as sysctl(8) settings.</summary>
public static class NodeCommands
{
    /// <summary>
    /// Settings below /proc/sys/net, to be made before the first device. Addresses count at once (no duplicate address
    /// detection), and no error message is held back, because the tests count them.
    /// </summary>
    public static IReadOnlyList<(string Key, string Value)> Settings(LabNode node) =>
        [
            ("ipv4/ip_forward", node.ForwardsIpv4 ? "1" : "0"),
            ("ipv4/conf/all/rp_filter", "0"),
            ("ipv4/conf/default/rp_filter", "0"),
            ("ipv4/icmp_ratemask", "0"),
            ("ipv6/conf/all/forwarding", node.ForwardsIpv6 ? "1" : "0"),
            ("ipv6/conf/default/forwarding", node.ForwardsIpv6 ? "1" : "0"),
            ("ipv6/conf/all/accept_ra", "0"),
            ("ipv6/conf/default/accept_ra", "0"),
            ("ipv6/conf/all/accept_dad", "0"),
            ("ipv6/conf/default/accept_dad", "0"),
            ("ipv6/conf/default/addr_gen_mode", "1"),
            ("ipv6/icmp/ratelimit", "0"),
        ];

    /// <summary>Cables, switches and cards, without addresses. A cable is made at one of its ends.</summary>
    public static IReadOnlyList<string> Devices(LabNode node, Func<string, string> namespaceOf) =>
        [
            "link set dev lo up",
            .. node.Devices.OfType<Bridge>().Select(Make),
            .. node
                .Devices.OfType<CableEnd>()
                .Where(cable => cable.Makes)
                .Select(cable =>
                    $"link add name {cable.Name} type veth peer name {cable.PeerDevice} netns {namespaceOf(cable.PeerNode)}"
                ),
            .. node
                .Devices.OfType<VirtualCard>()
                .Select(card => $"tuntap add dev {card.Name} mode tap"),
        ];

    /// <summary>Addresses and states of all devices but tunnels.</summary>
    public static IReadOnlyList<string> Addresses(LabNode node) =>
        [
            .. node.Loopbacks.Select(address => $"address add {AddressText.Host(address)} dev lo"),
            .. node.Devices.Where(device => device is not TunnelDevice).SelectMany(Configure),
        ];

    /// <summary>Tunnels by the kernel's own devices.</summary>
    public static IReadOnlyList<string> KernelTunnel(TunnelDevice tunnel) =>
        [
            $"link add name {tunnel.Name} type {KernelKind(tunnel.Protocol)}"
                + $" local {tunnel.OuterLocal} remote {tunnel.OuterRemote} ttl 64 nopmtudisc",
        ];

    /// <summary>What ip-link(8) calls the kernel's own tunnels.</summary>
    public static string KernelKind(TunnelProtocolNumber protocol) =>
        protocol == TunnelProtocolNumber.Gre ? "gre" : "sit";

    /// <summary>Addresses and state of a tunnel's device.</summary>
    public static IReadOnlyList<string> TunnelAddresses(TunnelDevice tunnel) =>
        [.. Configure(tunnel)];

    /// <summary>Routes that outer packets may need, so that they come before tunnels.</summary>
    public static IReadOnlyList<string> OuterRoutes(LabNode node) =>
        [.. node.Routes.Where(route => !UsesTunnel(node, route.Device)).Select(Route)];

    /// <summary>Routes through tunnels.</summary>
    public static IReadOnlyList<string> InnerRoutes(LabNode node) =>
        [.. node.Routes.Where(route => UsesTunnel(node, route.Device)).Select(Route)];

    /// <summary>What a device of Linux loses when it goes down: its IPv6 addresses, and routes through it.</summary>
    public static IReadOnlyList<string> AfterDown(LabNode node, string device) =>
        [
            .. node.Device(device)
                .Addresses.Select(address => $"address replace {address} dev {device}"),
            .. node.Routes.Where(route => route.Device == device).Select(Route),
        ];

    /// <summary>Rules of routing tables, for <c>ip -6</c>: only IPv6 has other tables than the main one.</summary>
    public static IReadOnlyList<string> Rules(LabNode node) =>
        [.. node.Rules.Select((rule, number) => Rule(rule, 1000 + number))];

    private static bool UsesTunnel(LabNode node, string? device) =>
        node.Devices.OfType<TunnelDevice>().Any(tunnel => tunnel.Name == device);

    private static string Make(Bridge bridge) => $"link add name {bridge.Name} type bridge";

    private static IEnumerable<string> Configure(LabDevice device)
    {
        var bridge = device switch
        {
            CableEnd cable => cable.Bridge,
            VirtualCard card => card.Bridge,
            _ => null,
        };
        if (bridge is not null)
        {
            yield return $"link set dev {device.Name} master {bridge}";
        }

        if (device.Mtu is { } mtu)
        {
            yield return Invariant($"link set dev {device.Name} mtu {mtu}");
        }

        yield return $"link set dev {device.Name} up";
        foreach (var address in device.Addresses)
        {
            yield return $"address add {address} dev {device.Name}";
        }
    }

    private static string Rule(LabRule rule, int preference)
    {
        var what = rule.FromDevice is { } device
            ? $"iif {device}"
            : $"iif lo from {rule.FromPrefix}";
        return Invariant($"rule add {what} lookup {rule.Table} preference {preference}");
    }

    private static string Route(LabRoute route)
    {
        var target = route.Blackhole
            ? $"blackhole {route.Destination}"
            : route.Destination.ToString()
                + (route.Via is null ? "" : $" via {route.Via}")
                + (route.Device is null ? "" : $" dev {route.Device}");
        return Invariant(
            $"route replace {target} table {route.Table}{(route.OfKernel ? " proto kernel" : "")}"
        );
    }

    private static string Invariant(FormattableString text) =>
        text.ToString(CultureInfo.InvariantCulture);
}
