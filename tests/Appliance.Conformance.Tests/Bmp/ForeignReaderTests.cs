using System.Buffers.Binary;
using System.Net.Sockets;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Bmp;

namespace Appliance.Conformance.Tests.Bmp;

/// <summary>tshark(1) decodes the same messages from the same octets.</summary>
public sealed class ForeignReaderTests : IDisposable
{
    private const int Port = 11019;

    private readonly string file = Path.GetTempFileName();

    [Fact]
    public async Task Tshark_sees_the_same_messages_peers_reasons_and_routes()
    {
        var tshark = ForeignTool.Require("tshark");
        byte[] octets = [.. Transcript.Octets, .. Transcript.Others];
        await File.WriteAllBytesAsync(file, Capture(octets), TestContext.Current.CancellationToken);
        var frames = await Transcript.FramesAsync(octets);
        var messages = frames.ConvertAll(BmpParser.Parse);
        var peers = messages.ConvertAll(PeerOf).OfType<BmpPeer>().ToList();

        Assert.Equal(frames.Select(frame => $"{(byte)frame.Type}"), Ask(tshark, "bmp.type"));
        Assert.Equal(frames.Select(Length), Ask(tshark, "bmp.length"));
        Assert.Equal(peers.Select(peer => $"{peer.Asn}"), Ask(tshark, "bmp.peer.asn"));
        Assert.Equal(peers.Select(peer => $"{peer.Identifier}"), Ask(tshark, "bmp.peer.id"));
        Assert.Equal(Addresses(peers, ipv6: false), Ask(tshark, "bmp.peer.ip.addr"));
        Assert.Equal(Addresses(peers, ipv6: true), Ask(tshark, "bmp.peer.ipv6.addr"));
        Assert.Equal(
            messages.OfType<BmpPeerDown>().Select(down => $"{(byte)down.Reason}"),
            Ask(tshark, "bmp.peer.down.reason")
        );
        Assert.Equal(
            messages
                .OfType<BmpRouteMonitoring>()
                .SelectMany(message => ReceivedRoute.Of(message.Update))
                .Where(route =>
                    route.Prefix.BaseAddress.AddressFamily == AddressFamily.InterNetwork
                )
                .Select(route => $"{route.Prefix.BaseAddress}"),
            Ask(tshark, "bgp.nlri_prefix")
        );
        Assert.Equal(
            messages
                .OfType<BmpStatisticsReport>()
                .SelectMany(report => report.Statistics)
                .Select(item => $"{item.Type}"),
            Ask(tshark, "bmp.stats.type")
        );
    }

    public void Dispose() => File.Delete(file);

    private static string Length(BmpFrame frame) => $"{BmpFrame.HeaderLength + frame.Body.Length}";

    private static BmpPeer? PeerOf(BmpMessage message) => (message as BmpPeerMessage)?.Peer;

    private static IEnumerable<string> Addresses(IEnumerable<BmpPeer> peers, bool ipv6) =>
        peers
            .Where(peer => peer.Flags.HasFlag(BmpPeerFlags.Ipv6) == ipv6)
            .Select(peer => $"{peer.Address}");

    private string[] Ask(string tshark, string field) =>
        ForeignTool
            .Run(tshark, "-r", file, "-d", $"tcp.port=={Port},bmp", "-T", "fields", "-e", field)
            .Trim()
            .Split(',');

    /// <summary>
    /// A file of pcap(3) with one packet of IPv4 and TCP, so that only the reader under test reassembles messages.
    /// </summary>
    private static byte[] Capture(byte[] octets)
    {
        const int LinkTypeRaw = 101;
        const int Headers = 40;
        var length = Headers + octets.Length;
        var file = new byte[24 + 16];
        BinaryPrimitives.WriteUInt32LittleEndian(file, 0xa1b2c3d4);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(6), 4);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), ushort.MaxValue);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(20), LinkTypeRaw);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(32), length);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(36), length);

        var packet = Convert.FromHexString(
            // Version, length, hop limit, TCP, 192.0.2.1 to 192.0.2.2; ports, numbers, PSH and ACK, window.
            "45000000000000004006"
                + "0000"
                + "c0000201"
                + "c0000202"
                + "c3502b0b"
                + "00000001"
                + "00000001"
                + "5018ffff"
                + "00000000"
        );
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), checked((ushort)length));
        return [.. file, .. packet, .. octets];
    }
}
