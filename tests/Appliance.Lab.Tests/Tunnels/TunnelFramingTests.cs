using Appliance.Lab.Tunnels;

namespace Appliance.Lab.Tests.Tunnels;

/// <summary>The octets between the outer header and the inner packet.</summary>
public class TunnelFramingTests
{
    /// <summary>IPv4 header of RFC 791 without options, from 198.51.100.44 to 198.51.100.10.</summary>
    private const string Outer = "4500000000000000402f0000c633642cc633640a";

    [Theory]
    [InlineData(TunnelProtocolNumber.Gre, "60", "000086dd")]
    [InlineData(TunnelProtocolNumber.Gre, "45", "00000800")]
    [InlineData(TunnelProtocolNumber.Ipv6, "60", "")]
    public void A_packet_gets_the_header_of_its_version(
        TunnelProtocolNumber protocol,
        string inner,
        string header
    )
    {
        var written = new byte[TunnelFraming.HeaderLength(protocol)];
        Assert.True(TunnelFraming.WriteHeader(protocol, written, Convert.FromHexString(inner)));
        Assert.Equal(header, Convert.ToHexStringLower(written));
    }

    [Theory]
    [InlineData(TunnelProtocolNumber.Ipv6, "45")]
    [InlineData(TunnelProtocolNumber.Ipv6, "")]
    [InlineData(TunnelProtocolNumber.Gre, "00")]
    [InlineData(TunnelProtocolNumber.Gre, "")]
    public void What_is_no_packet_of_the_tunnel_is_not_sent(
        TunnelProtocolNumber protocol,
        string inner
    )
    {
        var written = new byte[TunnelFraming.HeaderLength(protocol)];
        Assert.False(TunnelFraming.WriteHeader(protocol, written, Convert.FromHexString(inner)));
    }

    [Theory]
    [InlineData(TunnelProtocolNumber.Gre, "000086dd" + "6001", "6001")]
    [InlineData(TunnelProtocolNumber.Gre, "00000800" + "4501", "4501")]
    [InlineData(TunnelProtocolNumber.Gre, "800086ddabcd0000" + "6001", "6001")]
    [InlineData(TunnelProtocolNumber.Ipv6, "6001", "6001")]
    public void The_inner_packet_comes_out(
        TunnelProtocolNumber protocol,
        string payload,
        string inner
    )
    {
        Assert.Equal(inner, Inner(protocol, Outer + payload));
    }

    [Theory]
    [InlineData("a key", "200086dd000000016001")]
    [InlineData("a sequence number", "100086dd000000016001")]
    [InlineData("version 1", "000186dd6001")]
    [InlineData("Ethernet", "000065580000")]
    [InlineData("another version than it says", "000086dd4501")]
    [InlineData("no packet", "000086dd")]
    [InlineData("half a header", "0000")]
    public void GRE_that_we_do_not_speak_is_dropped(string what, string payload)
    {
        Assert.NotEmpty(what);
        Assert.Equal("", Inner(TunnelProtocolNumber.Gre, Outer + payload));
    }

    [Fact]
    public void Options_of_the_outer_header_are_skipped()
    {
        var withOptions = "46" + Outer[2..] + "01010101" + "6001";
        Assert.Equal("6001", Inner(TunnelProtocolNumber.Ipv6, withOptions));
    }

    [Fact]
    public void No_octets_at_all_crash_the_reader()
    {
        var random = new Random(41);
        var buffer = new byte[64];
        for (var i = 0; i < 200_000; i++)
        {
            random.NextBytes(buffer);
            buffer[0] = (byte)(0x40 | (buffer[0] & 0xf));
            var outer = buffer.AsSpan(0, random.Next(buffer.Length));
            foreach (var protocol in Enum.GetValues<TunnelProtocolNumber>())
            {
                Assert.True(TunnelFraming.Inner(protocol, outer).Length < 64);
            }
        }
    }

    private static string Inner(TunnelProtocolNumber protocol, string outer) =>
        Convert.ToHexStringLower(TunnelFraming.Inner(protocol, Convert.FromHexString(outer)));
}
