using System.Buffers.Binary;
using Appliance.Conformance.Bgp;

namespace Appliance.Conformance.Bmp;

/// <summary>Reads the bodies of BMP messages (RFC 7854, 4).</summary>
internal static class BmpParser
{
    /// <exception cref="BmpFormatException">The body is malformed.</exception>
    public static BmpMessage Parse(BmpFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        try
        {
            var reader = new WireReader(frame.Body);
            if (!Enum.IsDefined(frame.Type))
            {
                return new BmpOther(frame);
            }

            return frame.Type switch
            {
                BmpMessageType.RouteMonitoring => RouteMonitoring(ref reader),
                BmpMessageType.StatisticsReport => Statistics(ref reader),
                BmpMessageType.PeerDown => PeerDown(ref reader),
                BmpMessageType.PeerUp => PeerUp(ref reader),
                BmpMessageType.Initiation => new BmpInitiation(Information(ref reader)),
                BmpMessageType.Termination => new BmpTermination(Information(ref reader)),
                BmpMessageType.RouteMirroring => new BmpOther(frame),
            };
        }
        catch (BgpFormatException exception)
        {
            throw new BmpFormatException($"{frame.Type}: {exception.Message}", exception);
        }
    }

    private static BmpRouteMonitoring RouteMonitoring(ref WireReader reader)
    {
        var peer = BmpPeer.Read(ref reader);
        if (peer.Flags.HasFlag(BmpPeerFlags.ShortPath))
        {
            throw new BgpFormatException(
                "a path of AS numbers of two octets, which is not supported"
            );
        }

        var update = Expect(ref reader, BgpMessageType.Update);
        NothingLeft(reader);
        return new(peer, BgpUpdate.Parse(update.Body));
    }

    private static BmpPeerUp PeerUp(ref WireReader reader)
    {
        var peer = BmpPeer.Read(ref reader);
        return new(
            peer,
            BmpPeer.ReadAddress(ref reader, peer.Flags),
            reader.UInt16(),
            reader.UInt16(),
            Open(ref reader),
            Open(ref reader),
            Information(ref reader)
        );
    }

    /// <summary>bgpd sends a header without a body where it has not kept the message.</summary>
    private static BgpOpen? Open(ref WireReader reader) =>
        Expect(ref reader, BgpMessageType.Open) is { Body.Length: > 0 } open
            ? BgpOpen.Parse(open.Body)
            : null;

    private static BmpPeerDown PeerDown(ref WireReader reader)
    {
        var peer = BmpPeer.Read(ref reader);
        var reason = (BmpDownReason)reader.Byte();
        var notification = reason
            is BmpDownReason.LocalNotification
                or BmpDownReason.RemoteNotification
            ? BgpNotification.Parse(Expect(ref reader, BgpMessageType.Notification).Body)
            : null;
        ushort? number = reason == BmpDownReason.LocalWithoutNotification ? reader.UInt16() : null;
        if (Enum.IsDefined(reason))
        {
            NothingLeft(reader);
        }

        return new(peer, reason, notification, number);
    }

    private static BmpStatisticsReport Statistics(ref WireReader reader)
    {
        var peer = BmpPeer.Read(ref reader);
        var count = reader.UInt32();
        var statistics = new List<BmpStatistic>();
        while (!reader.AtEnd)
        {
            var type = reader.UInt16();
            var value = reader.Take(reader.UInt16());
            statistics.Add(
                new(
                    type,
                    value.Length switch
                    {
                        4 => BinaryPrimitives.ReadUInt32BigEndian(value),
                        >= 8 => BinaryPrimitives.ReadUInt64BigEndian(value[^8..]),
                        _ => throw new BgpFormatException(
                            $"statistic {type} has {value.Length} octets"
                        ),
                    }
                )
            );
        }

        return statistics.Count == count
            ? new(peer, statistics)
            : throw new BgpFormatException($"{statistics.Count} statistics instead of {count}");
    }

    private static List<BmpInformation> Information(ref WireReader reader)
    {
        var found = new List<BmpInformation>();
        while (!reader.AtEnd)
        {
            var type = reader.UInt16();
            found.Add(new(type, reader.Take(reader.UInt16()).ToArray()));
        }

        return found;
    }

    private static BgpMessage Expect(ref WireReader reader, BgpMessageType type)
    {
        var message = BgpMessage.Read(ref reader);
        return message.Type == type
            ? message
            : throw new BgpFormatException($"{message.Type} instead of {type}");
    }

    private static void NothingLeft(WireReader reader)
    {
        if (!reader.AtEnd)
        {
            throw new BgpFormatException($"{reader.Left} octets follow its end");
        }
    }
}
