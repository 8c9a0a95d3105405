using System.Net;
using Appliance.Lab.Tunnels;
using Appliance.Rendering.Documents;
using AddressFamily = System.Net.Sockets.AddressFamily;

namespace Appliance.Lab.Topology;

/// <summary>A neighbor of an edge as a node, and the session with it.</summary>
internal sealed record PlannedUpstream(PlannedNode Planned, LabSession Session)
{
    public LabNode Node => Planned.Node;
}

/// <summary>Makes a node of every neighbor of every edge.</summary>
internal static class UpstreamPlan
{
    /// <summary>Device of a neighbor's end of a tunnel.</summary>
    private const string TunnelDeviceName = "tunnel";

    public static IReadOnlyList<PlannedUpstream> Of(Layout layout)
    {
        var all = layout
            .Sites.SelectMany(
                (site, number) =>
                    (site.Bgp?.Neighbors ?? []).Select(neighbor => (site, number, neighbor))
            )
            .ToList();
        var taken = all.CountBy(item => item.neighbor.Name)
            .Where(pair => pair.Value > 1)
            .Select(pair => pair.Key)
            .Concat(layout.Sites.Select(site => site.Site))
            .Concat([LabNames.World, LabNames.Cache, LabNames.Station])
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. all.Select(
                (item, number) =>
                {
                    var name = taken.Contains(item.neighbor.Name)
                        ? $"{item.site.Site}.{item.neighbor.Name}"
                        : item.neighbor.Name;
                    var link = new UpstreamLink(layout, item.site, item.neighbor, number, name);
                    return new PlannedUpstream(link.Node(), link.Session(item.number));
                }
            ),
        ];
    }

    /// <summary>One neighbor and the link to it: a switch, or a tunnel.</summary>
    private sealed class UpstreamLink(
        Layout layout,
        SiteDocument site,
        NeighborDocument neighbor,
        int number,
        string name
    )
    {
        private readonly TunnelDocument? tunnel = site.Tunnels.FirstOrDefault(item =>
            item.Device == neighbor.Over
        );

        private readonly IPAddress address = IPAddress.Parse(neighbor.Address);

        private bool IsIpv6 => address.AddressFamily == AddressFamily.InterNetworkV6;

        private IPAddress? LinkLocal => IsIpv6 ? LabNumbers.UpstreamLinkLocal(number) : null;

        /// <summary>The address that the node has on a switch: the session's own, or the tunnel's outer one.</summary>
        private IPAddress OnSwitch =>
            tunnel is null ? address : IPAddress.Parse(tunnel.OuterRemote);

        private Segment? Segment =>
            tunnel is null ? layout.SegmentOf(site, neighbor.Over) : layout.SegmentWith(OnSwitch);

        public PlannedNode Node()
        {
            var segment = Segment;
            return new(
                number,
                new LabNode
                {
                    Name = name,
                    Kind = LabNodeKind.Upstream,
                    Namespace = layout.Namespace(name),
                    Devices = [PlannedNode.ToWorld(number), .. OfSegment(segment), .. OfTunnel()],
                    Loopbacks = [.. OwnHosts(), .. segment is null ? new[] { OnSwitch } : []],
                    Routes = PlannedNode.Defaults(number),
                },
                segment
            );
        }

        public LabSession Session(int siteNumber) =>
            new()
            {
                Number = number,
                Edge = site.Site,
                Upstream = name,
                Neighbor = neighbor,
                EdgeAsn = site.Asn,
                EdgeAddress = EdgeAddress(),
                EdgeLinkLocal = IsIpv6 ? LabNumbers.SiteLinkLocal(siteNumber) : null,
                UpstreamAddress = address,
                UpstreamLinkLocal = LinkLocal,
                EdgeDevice = tunnel?.Device ?? layout.Devices[site.Site][neighbor.Over],
                UpstreamDevice = tunnel is null ? PlannedNode.SegmentDevice : TunnelDeviceName,
            };

        private IEnumerable<IPAddress> OwnHosts()
        {
            var (ipv6, ipv4) = LabNumbers.OwnHost(number);
            return [ipv6, ipv4];
        }

        private IPAddress EdgeAddress()
        {
            if (tunnel is not null)
            {
                return AddressText.WithLength(tunnel.InnerLocal).Address;
            }

            var device = site.Interfaces.First(item => item.Name == neighbor.Over);
            return (IsIpv6 ? device.Ipv6 : device.Ipv4) is { } own
                ? AddressText.WithLength(own).Address
                : throw new LabException(
                    LabFault.BadRequest,
                    $"{site.Site} has no address on {neighbor.Over} to talk to {neighbor.Name} with"
                );
        }

        private IEnumerable<LabDevice> OfSegment(Segment? segment)
        {
            if (segment is null)
            {
                yield break;
            }

            var own =
                segment.OnLink(OnSwitch)
                ?? throw new LabException(
                    LabFault.BadRequest,
                    $"{neighbor.Name} of {site.Site} has the address {address}, which lies on no link of {neighbor.Over}; a lab has no neighbors further away"
                );
            yield return PlannedNode.ToSegment(
                segment,
                number,
                tunnel is null && LinkLocal is { } linkLocal && !address.IsIPv6LinkLocal
                    ? [own, new(linkLocal, 64)]
                    : [own]
            );
        }

        private IEnumerable<LabDevice> OfTunnel()
        {
            if (tunnel is null)
            {
                yield break;
            }

            var near = AddressText.WithLength(tunnel.InnerLocal);
            yield return new TunnelDevice
            {
                Name = TunnelDeviceName,
                Protocol = SitePlan.ProtocolOf(tunnel),
                OuterLocal = IPAddress.Parse(tunnel.OuterRemote),
                OuterRemote = IPAddress.Parse(tunnel.OuterLocal),
                PeerNode = site.Site,
                Mtu = tunnel.Mtu,
                Addresses =
                [
                    near.PrefixLength == 128
                        ? new(address, 128, near.Address)
                        : new(address, near.PrefixLength),
                    new(LabNumbers.UpstreamLinkLocal(number), 64),
                ],
            };
        }
    }
}
