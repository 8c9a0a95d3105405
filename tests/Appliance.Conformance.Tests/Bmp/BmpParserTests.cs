using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Bmp;
using static Appliance.Conformance.Tests.Bmp.Transcript;

namespace Appliance.Conformance.Tests.Bmp;

/// <summary>Messages to a BMP station in the octets of the wire.</summary>
public sealed class BmpParserTests
{
    private static readonly string Marker = new('f', 32);

    [Fact]
    public async Task Messages_of_bgpd_are_parsed_completely()
    {
        var messages = (await FramesAsync(Octets)).ConvertAll(BmpParser.Parse);
        Assert.Equal(
            (53, 12, 11, 77),
            (
                messages.OfType<BmpRouteMonitoring>().Count(),
                messages.OfType<BmpPeerDown>().Count(),
                messages.OfType<BmpPeerUp>().Count(),
                messages.Count
            )
        );
        var first = Assert.IsType<BmpInitiation>(messages[0]);
        Assert.Equal(("FRRouting 8.4.4", "vm"), (first.Description, first.Name));

        var up = messages
            .OfType<BmpPeerUp>()
            .Single(message => message.Peer.Address.ToString() == "2d00:b0::1");
        Assert.Equal(
            ("2d00:b0::1", 64496u, "2d00:b0::10", 179),
            (up.Peer.Address.ToString(), up.Peer.Asn, up.LocalAddress.ToString(), up.LocalPort)
        );
        Assert.Equal((64520u, 64496u), (up.Sent!.Asn, up.Received!.Asn));

        var routes = messages.OfType<BmpRouteMonitoring>().ToList();
        // bgpd sends End-of-RIB for both sides of the policy, also for one that is not monitored.
        Assert.All(
            routes.Where(route => route.Peer.IsPostPolicy),
            end => Assert.Empty(ReceivedRoute.Of(end.Update))
        );
        Assert.Contains(
            "2001:0:ffff::/48 path \"64520 64496\"",
            routes.SelectMany(route => ReceivedRoute.Of(route.Update)).Select(r => r.ToString())
        );

        Assert.Equal(
            Enumerable
                .Repeat("RemoteNotification, NOTIFICATION 6/2", 11)
                .Prepend("LocalWithoutNotification, event 0"),
            messages.OfType<BmpPeerDown>().Select(down => down.Why)
        );
    }

    [Fact]
    public async Task Statistics_and_a_Termination_are_parsed()
    {
        var messages = (await FramesAsync(Others)).ConvertAll(BmpParser.Parse);
        var report = Assert.IsType<BmpStatisticsReport>(messages[0]);
        Assert.Equal([new(0, 5), new(7, 256)], report.Statistics);
        Assert.Equal(IPAddress.Parse("192.0.2.7"), report.Peer.Address);
        Assert.Equal(
            DateTimeOffset.FromUnixTimeSeconds(0x65000000).AddMicroseconds(7),
            report.Peer.Time
        );
        var end = Assert.IsType<BmpTermination>(messages[1]);
        Assert.Equal("bye", end.Information[0].Text);
        Assert.Equal([0, 0], end.Information[1].Value);
    }

    [Fact]
    public void An_unknown_type_is_kept_unparsed()
    {
        var frame = new BmpFrame((BmpMessageType)77, [1, 2, 3]);
        Assert.Equal(new BmpOther(frame), BmpParser.Parse(frame));
    }

    [Fact]
    public void An_OPEN_that_bgpd_has_not_kept_is_null()
    {
        var without = Marker + "0013" + "01";
        var up = Assert.IsType<BmpPeerUp>(
            Parse(3, Peer + new string('0', 24) + "c0000202" + "00b3" + "c000" + without + without)
        );
        Assert.Equal(
            ("192.0.2.2", 179, 49152, null, null),
            (up.LocalAddress.ToString(), up.LocalPort, up.RemotePort, up.Sent, up.Received)
        );
    }

    [Theory]
    [InlineData("version 1", "01000000060400", "of version 1")]
    [InlineData("five octets long", "030000000504", "5 octets long")]
    [InlineData("longer than anything", "030002000104", "131073 octets long")]
    [InlineData("negative", "03ffffffff04", "4294967295 octets long")]
    [InlineData("half a header", "030000", "after 3 of the 6 octets of a header")]
    [InlineData("half a body", "030000000a040001", "after 2 of the 4 octets of a Initiation")]
    public async Task A_malformed_message_is_an_error(string what, string octets, string complaint)
    {
        Assert.NotEmpty(what);
        var exception = await Assert.ThrowsAsync<BmpFormatException>(() =>
            FramesAsync(Convert.FromHexString(octets))
        );
        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("half a peer", 0, "0000", "PeerX", "RouteMonitoring: 8 octets are wanted")]
    [InlineData("no BGP", 0, "", "000102", "RouteMonitoring: 19 octets are wanted where 3")]
    [InlineData("no marker", 0, "", "00000000000000000000000000000000001302", "sixteen octets")]
    [InlineData("an OPEN for an UPDATE", 0, "", "M001301", "Open instead of Update")]
    [InlineData("an UPDATE beyond the end", 0, "", "M002002", "13 octets are wanted where 0")]
    [InlineData("something behind the UPDATE", 0, "", "M00170200000000ff", "1 octets follow")]
    [InlineData("a short path", 0, "0020", "M00170200000000", "two octets")]
    [InlineData("an address of neither family", 0, "V", "M00170200000000", "longer than four")]
    [InlineData("a second too long", 0, "T", "M00170200000000", "1000000 microseconds")]
    [InlineData(
        "one counter of two",
        1,
        "",
        "00000002000000040000000a",
        "1 statistics instead of 2"
    )]
    [InlineData("half a counter", 1, "", "0000000100000002000a", "statistic 0 has 2 octets")]
    [InlineData("a reason without its words", 2, "", "03", "PeerDown: 19 octets")]
    [InlineData("a reason and more", 2, "", "0400", "PeerDown: 1 octets follow")]
    [InlineData("a text beyond the end", 4, "-", "00020005aa", "Initiation: 5 octets")]
    public void A_malformed_body_is_an_error(
        string what,
        byte type,
        string peer,
        string rest,
        string complaint
    )
    {
        Assert.NotEmpty(what);
        var header = peer switch
        {
            "" => Peer,
            "-" => "",
            "0000" => "",
            "V" => Peer.Replace(
                "000000000000000000000000c0",
                "0000000000000000000000ffc0",
                StringComparison.Ordinal
            ),
            "T" => Peer.Replace("6500000000000007", "65000000000f4240", StringComparison.Ordinal),
            _ => peer + Peer[4..],
        };
        var body = rest == "PeerX" ? "0000" : rest.Replace("M", Marker, StringComparison.Ordinal);
        var exception = Assert.Throws<BmpFormatException>(() => Parse(type, header + body));
        Assert.Contains(complaint, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_octets_at_all_crash_the_parser()
    {
        var random = new Random(7854);
        byte[] seed = [.. Octets, .. Others];
        var frames = await FramesAsync(seed);
        for (var i = 0; i < 60_000; i++)
        {
            var frame = frames[random.Next(frames.Count)];
            var body = (byte[])frame.Body.Clone();
            for (var change = random.Next(4); change >= 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            Hear(
                frame with
                {
                    Body = body[..(random.Next(3) == 0 ? random.Next(body.Length) : body.Length)],
                }
            );
        }

        for (var i = 0; i < 300; i++)
        {
            var octets = (byte[])seed.Clone();
            octets[random.Next(octets.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                (await FramesAsync(octets[..random.Next(octets.Length)])).ForEach(Hear);
            }
            catch (BmpFormatException exception)
            {
                Assert.NotEmpty(exception.Message);
            }
        }
    }

    private static BmpMessage Parse(byte type, string body) =>
        BmpParser.Parse(new((BmpMessageType)type, Convert.FromHexString(body)));

    /// <summary>Parses as the station does.</summary>
    private static void Hear(BmpFrame frame)
    {
        var state = new BmpRouterState(new(IPAddress.Loopback, 1));
        state.Add(new BmpInitiation([]));
        try
        {
            state.Add(BmpParser.Parse(frame));
        }
        catch (Exception exception) when (exception is BmpFormatException or BgpFormatException)
        {
            Assert.NotEmpty(exception.Message);
        }
    }
}
