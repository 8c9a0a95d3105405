using System.Globalization;
using System.Net;
using System.Text;
using Appliance.Conformance.Bgp;

namespace Appliance.Conformance.Bmp;

/// <summary>A message from a router to a station (RFC 7854, 4).</summary>
internal abstract record BmpMessage;

/// <summary>A message about one peer.</summary>
internal abstract record BmpPeerMessage(BmpPeer Peer) : BmpMessage;

/// <summary>An information TLV (RFC 7854, 4.4).</summary>
/// <param name="Type">0 a text, 1 sysDescr, 2 sysName.</param>
internal sealed record BmpInformation(ushort Type, byte[] Value)
{
    /// <summary>sysDescr.</summary>
    public const ushort Description = 1;

    /// <summary>sysName.</summary>
    public const ushort Name = 2;

    public string Text => Encoding.UTF8.GetString(Value);
}

/// <summary>An Initiation (RFC 7854, 4.3).</summary>
internal sealed record BmpInitiation(IReadOnlyList<BmpInformation> Information) : BmpMessage
{
    public string? Description => Find(BmpInformation.Description);

    public string? Name => Find(BmpInformation.Name);

    private string? Find(ushort type) =>
        Information.FirstOrDefault(item => item.Type == type)?.Text;
}

/// <summary>A Termination (RFC 7854, 4.5).</summary>
internal sealed record BmpTermination(IReadOnlyList<BmpInformation> Information) : BmpMessage;

/// <summary>A Peer Up (RFC 7854, 4.10).</summary>
/// <param name="LocalAddress">The router's end.</param>
/// <param name="Sent">The router's OPEN; null where it has not kept one.</param>
/// <param name="Received">The peer's.</param>
internal sealed record BmpPeerUp(
    BmpPeer Peer,
    IPAddress LocalAddress,
    ushort LocalPort,
    ushort RemotePort,
    BgpOpen? Sent,
    BgpOpen? Received,
    IReadOnlyList<BmpInformation> Information
) : BmpPeerMessage(Peer);

/// <summary>Reasons of a Peer Down (RFC 7854, 4.9).</summary>
internal enum BmpDownReason : byte
{
    LocalNotification = 1,
    LocalWithoutNotification = 2,
    RemoteNotification = 3,
    RemoteWithoutNotification = 4,
    Deconfigured = 5,
}

/// <summary>A Peer Down, also for a session that was not up when the connection began.</summary>
/// <param name="Notification">The NOTIFICATION that ended it, of the reasons that have one.</param>
/// <param name="Event">Number of the event of RFC 4271, 8.1, that ended it without one; 0 where there is none.</param>
internal sealed record BmpPeerDown(
    BmpPeer Peer,
    BmpDownReason Reason,
    BgpNotification? Notification,
    ushort? Event
) : BmpPeerMessage(Peer)
{
    /// <summary>Description of the reason: "RemoteNotification, NOTIFICATION 6/2".</summary>
    public string Why =>
        Notification is not null ? $"{Reason}, {Notification}"
        : Event is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"{Reason}, event {number}")
        : $"{Reason}";
}

/// <summary>A Route Monitoring message (RFC 7854, 4.6).</summary>
internal sealed record BmpRouteMonitoring(BmpPeer Peer, BgpUpdate Update) : BmpPeerMessage(Peer);

/// <summary>Counters of a peer (RFC 7854, 4.8).</summary>
internal sealed record BmpStatisticsReport(BmpPeer Peer, IReadOnlyList<BmpStatistic> Statistics)
    : BmpPeerMessage(Peer);

/// <summary>A counter or a gauge.</summary>
/// <param name="Number">The last eight octets of the value, or all four of a counter; what precedes it is a family.</param>
internal sealed record BmpStatistic(ushort Type, ulong Number);

/// <summary>A message that this station ignores: Route Mirroring, or a type later than RFC 7854.</summary>
internal sealed record BmpOther(BmpFrame Frame) : BmpMessage;
