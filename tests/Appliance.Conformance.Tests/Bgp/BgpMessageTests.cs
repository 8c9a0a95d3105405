using System.Net;
using Appliance.Conformance.Bgp;

namespace Appliance.Conformance.Tests.Bgp;

/// <summary>Messages in the octets of the wire.</summary>
public class BgpMessageTests
{
    private static readonly string Marker = new('f', 32);

    [Fact]
    public void A_keepalive_is_a_header()
    {
        Assert.Equal(
            Marker + "0013" + "04",
            Convert.ToHexStringLower(BgpMessage.KeepAlive.Encode())
        );
    }

    [Fact]
    public void An_OPEN_has_the_identity_and_the_capabilities()
    {
        var open = new BgpOpen
        {
            Asn = 600_000,
            HoldTime = 90,
            RouterId = IPAddress.Parse("11.0.0.1"),
            Capabilities =
            [
                BgpCapability.Unicast(RouteFamily.Ipv6),
                BgpCapability.Refresh,
                BgpCapability.Asn(600_000),
                BgpCapability.OfRole(BgpRole.Provider),
            ],
        };
        Assert.Equal(
            // Version, AS_TRANS, hold time, identifier, then one parameter with four capabilities.
            "04"
                + "5ba0"
                + "005a"
                + "0b000001"
                + "13"
                + "0211"
                + "010400020001"
                + "0200"
                + "4104000927c0"
                + "090100",
            Convert.ToHexStringLower(open.ToMessage().Body)
        );
        var read = BgpOpen.Parse(open.ToMessage().Body);
        Assert.Equal((600_000u, (ushort)90), (read.Asn, read.HoldTime));
        Assert.Equal(open.Capabilities.Select(c => c.Code), read.Capabilities.Select(c => c.Code));
    }

    [Fact]
    public void An_IPv6_route_is_encoded_in_an_attribute()
    {
        var update = new Announcement
        {
            Prefix = IPNetwork.Parse("2d00:1000::/32"),
            Path = [AsPathSegment.Sequence(64496, 600_000)],
            NextHop = [IPAddress.Parse("2001:db8::1"), IPAddress.Parse("fe80::1")],
            More = [PathAttribute.Communities(0xfbf40001), PathAttribute.OnlyToCustomer(64496)],
        }.ToUpdate(Speaker("2001:db8::1"));
        Assert.Equal(
            "0000"
                + "004c"
                + "400101"
                + "00"
                + "40020a"
                + "0202"
                + "0000fbf0"
                + "000927c0"
                + "800e2a"
                + "000201"
                + "20"
                + "20010db8000000000000000000000001"
                + "fe800000000000000000000000000001"
                + "00"
                + "20"
                + "2d001000"
                + "c00804"
                + "fbf40001"
                + "c02304"
                + "0000fbf0",
            Convert.ToHexStringLower(update.ToMessage().Body)
        );
    }

    [Fact]
    public void An_IPv4_route_is_encoded_after_the_attributes()
    {
        var update = new Announcement { Prefix = IPNetwork.Parse("11.1.0.0/16") }.ToUpdate(
            Speaker("198.51.100.1")
        );
        Assert.Equal(
            "0000"
                + "0014"
                + "40010100"
                + "400206"
                + "0201"
                + "0000fbf0"
                + "400304c6336401"
                + "100b01",
            Convert.ToHexStringLower(update.ToMessage().Body)
        );
        Assert.Equal("0002" + "080b" + "0000", Withdrawal("11.0.0.0/8"));
    }

    [Fact]
    public void An_encoded_update_is_parsed_to_the_same_route()
    {
        var update = new Announcement
        {
            Prefix = IPNetwork.Parse("2d00:1234::/33"),
            Path = [AsPathSegment.Sequence(1, 2), AsPathSegment.Set(3, 4)],
            More =
            [
                PathAttribute.Med(7),
                PathAttribute.Communities(0xfbf4_0001),
                PathAttribute.LargeCommunities(new LargeCommunity(64500, 1, 2)),
                PathAttribute.OnlyToCustomer(5),
            ],
        }.ToUpdate(Speaker("2001:db8::1"));
        var route = Assert.Single(ReceivedRoute.Of(BgpUpdate.Parse(update.ToMessage().Body)));
        Assert.Equal(
            "2d00:1234::/33 path \"1 2 {3,4}\" communities 64500:1 large 64500:1:2 MED 7 OTC 5",
            route.ToString()
        );
        Assert.Equal([IPAddress.Parse("2001:db8::1")], route.NextHop);
    }

    [Fact]
    public void An_attribute_of_more_than_255_octets_has_a_long_length()
    {
        var path = PathAttribute.AsPath(AsPathSegment.Sequence([.. Enumerable.Repeat(64496u, 80)]));
        var encoded = path.Encode();
        Assert.Equal("50020142", Convert.ToHexStringLower(encoded.AsSpan(0, 4)));
        var update = new BgpUpdate { Attributes = [path] };
        Assert.Equal(
            path.Value,
            BgpUpdate.Parse(update.ToMessage().Body).Attributes.Single().Value
        );
    }

    [Theory]
    [InlineData("a length beyond the end", "0005")]
    [InlineData("a prefix of IPv4 with 33 bits", "000000002100000000ff")]
    [InlineData("an attribute beyond the end", "00000004400101")]
    public void A_malformed_UPDATE_is_an_error(string what, string body)
    {
        Assert.NotEmpty(what);
        Assert.Throws<BgpFormatException>(() => BgpUpdate.Parse(Convert.FromHexString(body)));
    }

    [Fact]
    public async Task Garbage_instead_of_a_message_is_an_error()
    {
        using var garbage = new MemoryStream(new byte[64]);
        await Assert.ThrowsAsync<BgpFormatException>(() =>
            BgpMessage.ReadAsync(garbage, TestContext.Current.CancellationToken)
        );
        using var tooLong = new MemoryStream(Convert.FromHexString(Marker + "ffff" + "02"));
        await Assert.ThrowsAsync<BgpFormatException>(() =>
            BgpMessage.ReadAsync(tooLong, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public void No_octets_at_all_crash_the_readers()
    {
        var random = new Random(179);
        byte[] seed = new Announcement
        {
            Prefix = IPNetwork.Parse("2d00:1234::/33"),
            More = [PathAttribute.Communities(1), PathAttribute.OnlyToCustomer(5)],
        }
            .ToUpdate(Speaker("2001:db8::1"))
            .ToMessage()
            .Body;
        for (var i = 0; i < 100_000; i++)
        {
            var body = (byte[])seed.Clone();
            for (var change = random.Next(4); change >= 0; change--)
            {
                body[random.Next(body.Length)] = (byte)random.Next(256);
            }

            Read(() => ReceivedRoute.Of(BgpUpdate.Parse(body)));
            Read(() => ReceivedRoute.Withdrawn(BgpUpdate.Parse(body)));
            Read(() => BgpOpen.Parse(body.AsSpan(0, random.Next(body.Length))));
            Read(() => BgpNotification.Parse(body.AsSpan(0, random.Next(3))));
        }
    }

    private static void Read(Func<object> work)
    {
        try
        {
            Assert.NotNull(work());
        }
        catch (BgpFormatException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    private static string Withdrawal(string prefix) =>
        Convert.ToHexStringLower(
            new BgpUpdate { Withdrawn = [IPNetwork.Parse(prefix)] }
                .ToMessage()
                .Body
        );

    private static BgpSpeakerOptions Speaker(string local) =>
        new()
        {
            Inside = new("none"),
            Local = IPAddress.Parse(local),
            Peer = IPAddress.Parse("2001:db8::2"),
            Asn = 64496,
            RouterId = IPAddress.Parse("11.0.0.1"),
            Families = [RouteFamily.Ipv6],
        };
}
