using System.Net;
using System.Net.Sockets;
using Appliance.Conformance.Bmp;
using Appliance.Lab;
using Appliance.Tests.Support;

namespace Appliance.Conformance.Tests.Bmp;

/// <summary>A station and a router, each in its own namespace.</summary>
public sealed class BmpStationTests
{
    private static readonly IPAddress Router = IPAddress.Parse("192.0.2.1");
    private static readonly IPEndPoint Here = new(IPAddress.Parse("192.0.2.2"), 11019);
    private static readonly IPAddress Carrier = IPAddress.Parse("2d00:b0::1");

    [Fact]
    public async Task The_state_of_a_session_follows_its_messages()
    {
        Need.Root();
        await using var pair = await NamespacePair.MakeAsync("station");
        await using var station = BmpStation.Open(pair.Second, Here);
        // Peers close their sessions one after the other at the end of the transcript.
        var frames = await Transcript.FramesAsync(Transcript.Octets);
        var standing = frames
            .TakeWhile(
                (frame, number) =>
                    number == 0
                    || BmpParser.Parse(frame) is not BmpPeerDown { Notification: not null }
            )
            .Sum(frame => BmpFrame.HeaderLength + frame.Body.Length);

        using var router = await ConnectAsync(pair);
        await router.SendAsync(Transcript.Octets.AsMemory(0, standing), Need.Token);
        await Wait.UntilAsync(() => Session(station).Routes.Count == 3);

        var session = Session(station);
        Assert.Equal((1, 0), (session.Ups, session.Downs));
        Assert.NotNull(session.Up);
        Assert.Equal(
            ["2001:0:ffff::/48", "2d00:4000::/32", "2d00:a0::/40"],
            session.Routes.Keys.Select(prefix => prefix.ToString()).Order(StringComparer.Ordinal)
        );

        await router.SendAsync(Transcript.Octets.AsMemory(standing), Need.Token);
        await Wait.UntilAsync(() => Session(station).Downs == 1);
        Assert.Null(Session(station).Up);
        Assert.Empty(Session(station).Routes);
        Assert.Equal(BmpDownReason.RemoteNotification, Session(station).Down!.Reason);
        Assert.Null(station.Find([Router])!.Ending);
    }

    [Fact]
    public async Task A_router_reconnects_after_its_connection_is_closed()
    {
        Need.Root();
        await using var pair = await NamespacePair.MakeAsync("again");
        await using var station = BmpStation.Open(pair.Second, Here);
        using var first = await ConnectAsync(pair);
        await first.SendAsync(Transcript.Octets, Need.Token);
        await Wait.UntilAsync(() => station.Find([Router])?.Initiation is not null);
        var before = station.Find([Router]);

        station.HangUp([Router]);
        await Wait.UntilAsync(() => before!.Ending is not null);
        Assert.Equal("closed", before!.Ending);
        using var second = await ConnectAsync(pair);
        await Wait.UntilAsync(() => station.Find([Router]) != before);
        Assert.NotSame(before, station.Find([Router]));
    }

    [Theory]
    [InlineData("an older version", "010000000604", "of version 1")]
    [InlineData("no introduction", "030000000a0500000000", "before its Initiation")]
    public async Task Malformed_BMP_ends_the_connection_with_the_reason(
        string what,
        string octets,
        string complaint
    )
    {
        Need.Root();
        Assert.NotEmpty(what);
        await using var pair = await NamespacePair.MakeAsync("nobmp");
        await using var station = BmpStation.Open(pair.Second, Here);
        using var router = await ConnectAsync(pair);
        await router.SendAsync(Convert.FromHexString(octets), Need.Token);
        await Wait.UntilAsync(() => station.Find([Router])?.Ending is not null);
        Assert.Contains(complaint, station.Find([Router])!.Ending, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_in_use_is_an_error()
    {
        Need.Root();
        await using var pair = await NamespacePair.MakeAsync("twice");
        await using var station = BmpStation.Open(pair.Second, Here);
        var exception = Assert.Throws<LabException>(() => BmpStation.Open(pair.Second, Here));
        Assert.Contains("192.0.2.2:11019", exception.Message, StringComparison.Ordinal);
    }

    private static BmpSession Session(BmpStation station) =>
        station.Find([Router])?.Session(Carrier) ?? BmpSession.Unknown;

    private static async Task<Socket> ConnectAsync(NamespacePair pair)
    {
        var socket = pair.First.Run(() =>
            new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        );
        socket.Bind(new IPEndPoint(Router, 0));
        await socket.ConnectAsync(Here, Need.Token);
        return socket;
    }
}
