using System.Net;

namespace Appliance.Lab.Topology;

/// <summary>
/// A node that is not a site, with its cable to the world and the addresses that the world reaches behind that cable.
/// </summary>
/// <param name="Number">Of its cable.</param>
/// <param name="Segment">The switch that it is on as well, or null.</param>
internal sealed record PlannedNode(int Number, LabNode Node, Segment? Segment)
{
    /// <summary>Its device towards the world.</summary>
    public const string WorldDevice = "world";

    /// <summary>Its device on a switch.</summary>
    public const string SegmentDevice = "link";

    /// <summary>The world's end of its cable.</summary>
    public string CableDevice => CableName(Number);

    /// <summary>The switch's port.</summary>
    public string PortDevice => PortName(Segment!, Number);

    /// <summary>The cable to the world, seen from the node.</summary>
    public static CableEnd ToWorld(int number) =>
        new()
        {
            Name = WorldDevice,
            PeerNode = LabNames.World,
            PeerDevice = CableName(number),
            Addresses =
            [
                new(LabNumbers.Cable6(number).Second, 127),
                new(LabNumbers.Cable4(number).Second, 31),
                new(LabNumbers.CableLinkLocal.Second, 64),
            ],
        };

    /// <summary>The cable to a switch, seen from the node.</summary>
    public static CableEnd ToSegment(
        Segment segment,
        int number,
        IReadOnlyList<LabAddress> addresses
    ) =>
        new()
        {
            Name = SegmentDevice,
            PeerNode = LabNames.World,
            PeerDevice = PortName(segment, number),
            Addresses = addresses,
            Mtu = segment.Mtu,
        };

    /// <summary>Everything that is nowhere else lies beyond the world.</summary>
    public static IReadOnlyList<LabRoute> Defaults(int number) =>
        [Default(LabNumbers.Cable6(number).First), Default(LabNumbers.Cable4(number).First)];

    private static LabRoute Default(IPAddress via) =>
        new()
        {
            Destination = AddressText.Everything(via.AddressFamily),
            Via = via,
            Device = WorldDevice,
        };

    public static string CableName(int number) => $"up{number}";

    private static string PortName(Segment segment, int number) => $"{segment.Bridge}u{number}";
}
