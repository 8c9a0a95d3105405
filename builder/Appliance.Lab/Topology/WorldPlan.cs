using System.Net;
using System.Net.Sockets;

namespace Appliance.Lab.Topology;

/// <summary>The node that joins all: switches of the providers, and a cable to every neighbor.</summary>
internal static class WorldPlan
{
    public static LabNode Node(
        Layout layout,
        IReadOnlyList<PlannedUpstream> upstreams,
        IReadOnlyList<PlannedNode> services
    )
    {
        PlannedNode[] others = [.. upstreams.Select(upstream => upstream.Planned), .. services];
        return new LabNode
        {
            Name = LabNames.World,
            Kind = LabNodeKind.World,
            Namespace = layout.Namespace(LabNames.World),
            Devices =
            [
                .. layout.Segments.Select(segment => Switch(segment, others)),
                .. layout.Segments.SelectMany(segment => SitePorts(layout, segment)),
                .. others.SelectMany(Cables),
            ],
            Loopbacks = [LabNumbers.FarHost6, LabNumbers.FarHost4],
            Routes = [.. layout.Segments.SelectMany(OnLink), .. others.SelectMany(Behind)],
        };
    }

    /// <summary>The world is the gateway wherever no neighbor is.</summary>
    private static Bridge Switch(Segment segment, IReadOnlyList<PlannedNode> others)
    {
        var taken = others
            .Where(other => other.Segment == segment)
            .SelectMany(other => other.Node.Device(PlannedNode.SegmentDevice).Addresses)
            .Select(address => address.Address)
            .ToHashSet();
        return new Bridge
        {
            Name = segment.Bridge,
            Mtu = segment.Mtu,
            Addresses =
            [
                .. segment
                    .Gateways.Where(gateway => !taken.Contains(gateway))
                    .Select(segment.OnLink)
                    .OfType<LabAddress>(),
                new(LabNumbers.SwitchLinkLocal, 64),
            ],
        };
    }

    private static IEnumerable<CableEnd> SitePorts(Layout layout, Segment segment) =>
        segment.Members.Select(member => new CableEnd
        {
            Name = SitePlan.PortName(layout, member.Site, member.Interface),
            PeerNode = member.Site.Site,
            PeerDevice = layout.VirtualMachines.Contains(member.Site.Site)
                ? $"cable{member.Site.Interfaces.ToList().IndexOf(member.Interface)}"
                : layout.Devices[member.Site.Site][member.Interface.Name],
            Makes = true,
            Bridge = segment.Bridge,
            Mtu = member.Interface.Mtu,
        });

    private static IEnumerable<CableEnd> Cables(PlannedNode other)
    {
        yield return new CableEnd
        {
            Name = other.CableDevice,
            PeerNode = other.Node.Name,
            PeerDevice = PlannedNode.WorldDevice,
            Makes = true,
            Addresses =
            [
                new(LabNumbers.Cable6(other.Number).First, 127),
                new(LabNumbers.Cable4(other.Number).First, 31),
                new(LabNumbers.CableLinkLocal.First, 64),
            ],
        };
        if (other.Segment is { } segment)
        {
            yield return new CableEnd
            {
                Name = other.PortDevice,
                PeerNode = other.Node.Name,
                PeerDevice = PlannedNode.SegmentDevice,
                Makes = true,
                Bridge = segment.Bridge,
                Mtu = segment.Mtu,
            };
        }
    }

    /// <summary>The world sees everything that is on a link, whether or not it has an address there.</summary>
    private static IEnumerable<LabRoute> OnLink(Segment segment) =>
        segment.Prefixes.Select(prefix => new LabRoute
        {
            Destination = prefix,
            Device = segment.Bridge,
        });

    private static IEnumerable<LabRoute> Behind(PlannedNode other) =>
        other.Node.Loopbacks.Select(address => new LabRoute
        {
            Destination = AddressText.Host(address),
            Via =
                address.AddressFamily == AddressFamily.InterNetwork
                    ? LabNumbers.Cable4(other.Number).Second
                    : LabNumbers.Cable6(other.Number).Second,
            Device = other.CableDevice,
        });
}
