using System.Net;
using Appliance.Conformance.Bgp;

namespace Appliance.Conformance.Tests.Bgp;

public class BgpSessionLogTests
{
    /// <summary>A readvertised route is not withdrawn, and a withdrawal stays in the log after a readvertisement.</summary>
    [Theory]
    [InlineData("2001:db8:1c::/48", "2001:db8::1")]
    [InlineData("192.0.2.0/24", "198.51.100.1")]
    public void Readvertised_and_withdrawn_routes_are_logged_separately(string text, string nextHop)
    {
        var prefix = IPNetwork.Parse(text);
        var announcement = new Announcement { Prefix = prefix }.ToUpdate(Speaker(nextHop));
        var log = new BgpSessionLog();
        Hear(log, announcement, times: 2);
        Assert.Equal(2, log.ReceivedRoutes.Count);
        Assert.Empty(log.WithdrawnPrefixes);
        Assert.Contains(prefix, log.Routes);

        Hear(log, Withdrawal(prefix));
        Assert.Equal([prefix], log.WithdrawnPrefixes);
        Assert.Empty(log.Routes);

        Hear(log, announcement);
        Assert.Equal([prefix], log.WithdrawnPrefixes);
        Assert.Contains(prefix, log.Routes);
    }

    private static void Hear(BgpSessionLog log, BgpUpdate update, int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            log.Add(update.ToMessage());
        }
    }

    private static BgpUpdate Withdrawal(IPNetwork prefix) =>
        WirePrefix.FamilyOf(prefix) == RouteFamily.Ipv4
            ? new() { Withdrawn = [prefix] }
            : new()
            {
                Attributes =
                [
                    new(
                        0x80,
                        PathAttributeType.MultiprotocolUnreach,
                        [0, (byte)RouteFamily.Ipv6, 1, .. WirePrefix.Encode(prefix)]
                    ),
                ],
            };

    private static BgpSpeakerOptions Speaker(string local) =>
        new()
        {
            Inside = new("none"),
            Local = IPAddress.Parse(local),
            Peer = IPAddress.Parse(local),
            Asn = 64500,
            RouterId = IPAddress.Parse("192.0.2.1"),
            Families = [RouteFamily.Ipv4, RouteFamily.Ipv6],
        };
}
