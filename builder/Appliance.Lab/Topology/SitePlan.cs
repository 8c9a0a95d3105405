using System.Net;
using System.Net.Sockets;
using Appliance.Lab.Tunnels;
using Appliance.Rendering;
using Appliance.Rendering.Documents;

namespace Appliance.Lab.Topology;

/// <summary>
/// A site as a namespace: what rc.conf says of it on FreeBSD, in Linux's words. A FIB is a routing table; which packets
/// look it up is said by rules, because a device of Linux has no FIB of its own.
/// </summary>
internal static class SitePlan
{
    public static LabNode Node(
        Layout layout,
        SiteDocument site,
        int number,
        IReadOnlyList<PlannedUpstream> upstreams
    )
    {
        var isVirtual = layout.VirtualMachines.Contains(site.Site);
        var node = new LabNode
        {
            Name = site.Site,
            Kind = LabNodeKind.Site,
            Namespace = layout.Namespace(site.Site),
            IsVirtualMachine = isVirtual,
        };
        return isVirtual
            ? node with
            {
                Devices =
                [
                    .. site.Interfaces.SelectMany((item, i) => Wires(layout, site, item, i)),
                ],
            }
            : node with
            {
                Devices =
                [
                    .. site.Interfaces.Select(item => Interface(layout, site, item, number)),
                    .. site.Tunnels.Select(tunnel => Tunnel(site, tunnel, number, upstreams)),
                ],
                ForwardsIpv4 = SiteForwarding.Ipv4(site),
                ForwardsIpv6 = SiteForwarding.Ipv6(site),
                Loopbacks = Loopbacks(site),
                Routes =
                [
                    .. Gateways(layout, site),
                    .. FarEnds(site),
                    .. ConnectedOfFibs(site),
                    .. Static(site),
                ],
                Rules = [.. Rules(site)],
            };
    }

    public static TunnelProtocolNumber ProtocolOf(TunnelDocument tunnel) =>
        tunnel.Kind == TunnelKind.Gre ? TunnelProtocolNumber.Gre : TunnelProtocolNumber.Ipv6;

    /// <summary>The switch's port of a site's interface.</summary>
    public static string PortName(Layout layout, SiteDocument site, InterfaceDocument item)
    {
        var segment = layout.SegmentOf(site, item.Name);
        var place = segment.Members.TakeWhile(member =>
            member.Site.Site != site.Site || member.Interface.Name != item.Name
        );
        return $"{segment.Bridge}s{place.Count()}";
    }

    /// <summary>The host's side of the card behind an interface of a virtual machine.</summary>
    public static string CardName(int index) => $"tap{index}";

    private static CableEnd Interface(
        Layout layout,
        SiteDocument site,
        InterfaceDocument item,
        int number
    ) =>
        new()
        {
            Name = layout.Devices[site.Site][item.Name],
            PeerNode = LabNames.World,
            PeerDevice = PortName(layout, site, item),
            Mtu = item.Mtu,
            Addresses =
            [
                .. new[] { item.Ipv4, item.Ipv6 }.OfType<string>().Select(AddressText.WithLength),
                new(LabNumbers.SiteLinkLocal(number), 64),
            ],
        };

    /// <summary>For a virtual machine: the cable of an interface and the host's side of its card on one bridge.</summary>
    private static IEnumerable<LabDevice> Wires(
        Layout layout,
        SiteDocument site,
        InterfaceDocument item,
        int index
    )
    {
        var bridge = $"br{index}";
        yield return new Bridge { Name = bridge, Mtu = item.Mtu };
        yield return new CableEnd
        {
            Name = $"cable{index}",
            PeerNode = LabNames.World,
            PeerDevice = PortName(layout, site, item),
            Mtu = item.Mtu,
            Bridge = bridge,
        };
        yield return new VirtualCard
        {
            Name = CardName(index),
            Bridge = bridge,
            Mtu = item.Mtu,
        };
    }

    private static TunnelDevice Tunnel(
        SiteDocument site,
        TunnelDocument tunnel,
        int number,
        IReadOnlyList<PlannedUpstream> upstreams
    )
    {
        return new()
        {
            Name = tunnel.Device,
            Protocol = ProtocolOf(tunnel),
            OuterLocal = IPAddress.Parse(tunnel.OuterLocal),
            OuterRemote = IPAddress.Parse(tunnel.OuterRemote),
            PeerNode = tunnel.Upstream
                ? upstreams
                    .First(upstream =>
                        upstream.Session.Edge == site.Site
                        && upstream.Session.EdgeDevice == tunnel.Device
                    )
                    .Node.Name
                : tunnel.Peer,
            Mtu = tunnel.Mtu,
            Addresses =
            [
                AddressText.WithLength(tunnel.InnerLocal),
                new(LabNumbers.SiteLinkLocal(number), 64),
            ],
        };
    }

    private static List<IPAddress> Loopbacks(SiteDocument site) =>
        [
            .. site
                .Loopback.Concat(site.Announced?.Addresses ?? [])
                .Concat(site.Announced?.Jails.Select(jail => jail.Address) ?? [])
                .Select(IPAddress.Parse)
                .Distinct(),
        ];

    private static IEnumerable<LabRoute> Gateways(Layout layout, SiteDocument site) =>
        site.Interfaces.SelectMany(item =>
            new[] { item.Gateway4, item.Gateway6 }
                .OfType<string>()
                .Select(IPAddress.Parse)
                .Select(gateway => new LabRoute
                {
                    Destination = AddressText.Everything(gateway.AddressFamily),
                    Via = gateway,
                    Device = layout.Devices[site.Site][item.Name],
                })
        );

    /// <summary>
    /// The other end of a link of two host addresses. FreeBSD's kernel has a route to it, and zebra does not know; on Linux
    /// it would call such a route connected, so the lab makes one that it leaves alone.
    /// </summary>
    private static IEnumerable<LabRoute> FarEnds(SiteDocument site) =>
        site
            .Tunnels.Where(tunnel => AddressText.WithLength(tunnel.InnerLocal).PrefixLength == 128)
            .Select(tunnel => new LabRoute
            {
                Destination = IPNetwork.Parse($"{tunnel.InnerRemote}/128"),
                Device = tunnel.Device,
                OfKernel = true,
            });

    /// <summary>A device's own link is in the table of its FIB, too.</summary>
    private static IEnumerable<LabRoute> ConnectedOfFibs(SiteDocument site) =>
        site
            .Tunnels.Where(tunnel => tunnel.Fib != 0)
            .Select(tunnel => new LabRoute
            {
                Destination = AddressText.NetworkOf(tunnel.InnerLocal),
                Device = tunnel.Device,
                Table = LabNumbers.TableOf(tunnel.Fib),
            });

    private static IEnumerable<LabRoute> Static(SiteDocument site) =>
        site.Routes.Select(route => new LabRoute
        {
            Destination =
                route.Destination == "default"
                    ? AddressText.Everything(
                        route.Family == Rendering.Documents.AddressFamily.Ipv4
                            ? System.Net.Sockets.AddressFamily.InterNetwork
                            : System.Net.Sockets.AddressFamily.InterNetworkV6
                    )
                    : IPNetwork.Parse(route.Destination),
            Via = route.Via is null ? null : IPAddress.Parse(route.Via),
            Device = site.Tunnels.FirstOrDefault(tunnel => tunnel.InnerRemote == route.Via)?.Device,
            Blackhole = route.Blackhole,
            Table = LabNumbers.TableOf(route.Fib),
        });

    private static IEnumerable<LabRule> Rules(SiteDocument site)
    {
        foreach (var tunnel in site.Tunnels.Where(tunnel => tunnel.Fib != 0))
        {
            yield return new(LabNumbers.TableOf(tunnel.Fib), tunnel.Device, null);
        }

        foreach (var prefix in site.Announced?.Prefixes ?? [])
        {
            yield return new(LabNumbers.TableOf(1), null, IPNetwork.Parse(prefix));
        }
    }
}
