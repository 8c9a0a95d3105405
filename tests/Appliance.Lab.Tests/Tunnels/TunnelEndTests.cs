using System.Net;
using System.Net.Sockets;
using Appliance.Lab.Linux;
using Appliance.Lab.Tunnels;
using Appliance.Tests.Support;

namespace Appliance.Lab.Tests.Tunnels;

/// <summary>Two of our ends, in namespaces of their own, joined by a cable.</summary>
public class TunnelEndTests
{
    [Theory]
    [InlineData(TunnelProtocolNumber.Gre)]
    [InlineData(TunnelProtocolNumber.Ipv6)]
    public async Task Packets_cross_and_are_counted(TunnelProtocolNumber protocol)
    {
        Need.Root();
        await using var pair = await NamespacePair.MakeAsync($"tun{(int)protocol}");
        using var left = await OpenAsync(pair, protocol, first: true);
        using var right = await OpenAsync(pair, protocol, first: false);

        var echoed = await EchoAsync(pair, new byte[1300]);

        Assert.Equal(1300, echoed.Length);
        Assert.True(left.Sent > 0 && left.Received > 0, $"{left.Sent} {left.Received}");
        // The kernel says a word of its own on a new device, maybe before the far end is there.
        Assert.InRange(right.Received, 1, left.Sent);
        Assert.Equal(0, right.Dropped);
    }

    [Fact]
    public async Task Packets_of_a_stranger_are_not_taken()
    {
        Need.Root();
        await using var pair = await NamespacePair.MakeAsync("stranger");
        using var right = await OpenAsync(pair, TunnelProtocolNumber.Gre, first: false);
        using var stranger = pair.First.Run(() => LibC.RawSocket(2, 47));
        byte[] packet = [0, 0, 0x86, 0xdd, 0x60, .. new byte[39]];

        // 192.0.2.3 is an address of the first namespace, too, but no end of the tunnel.
        await stranger.SendToAsync(packet, new IPEndPoint(IPAddress.Parse("192.0.2.2"), 0));
        stranger.Bind(new IPEndPoint(IPAddress.Parse("192.0.2.3"), 0));
        await stranger.SendToAsync(packet, new IPEndPoint(IPAddress.Parse("192.0.2.2"), 0));

        await Wait.UntilAsync(() => right.Received > 0);
        await Task.Delay(100, Need.Token);
        Assert.Equal(1, right.Received);
    }

    [Fact]
    public async Task Its_device_goes_with_it()
    {
        Need.Root();
        await using var pair = await NamespacePair.MakeAsync("gone");
        var end = await OpenAsync(pair, TunnelProtocolNumber.Gre, first: true);
        Assert.Contains("gre0", Devices(pair.First));
        end.Dispose();
        Assert.DoesNotContain("gre0", Devices(pair.First));
    }

    [Fact]
    public async Task A_name_that_is_taken_is_an_error()
    {
        Need.Root();
        await using var pair = await NamespacePair.MakeAsync("taken");
        using var end = await OpenAsync(pair, TunnelProtocolNumber.Gre, first: true);
        var exception = await Assert.ThrowsAsync<LabException>(() =>
            OpenAsync(pair, TunnelProtocolNumber.Gre, first: true)
        );
        Assert.Contains("gre0", exception.Message, StringComparison.Ordinal);
    }

    private static string[] Devices(NetworkNamespace inside) =>
        inside
            .Run(() => File.ReadAllLines("/proc/thread-self/net/dev"))
            .Where(line => line.Contains(':', StringComparison.Ordinal))
            .Select(line => line.Split(':')[0].Trim())
            .ToArray();

    private static async Task<TunnelEnd> OpenAsync(
        NamespacePair pair,
        TunnelProtocolNumber protocol,
        bool first
    )
    {
        var inside = first ? pair.First : pair.Second;
        var end = TunnelEnd.Open(
            inside,
            "gre0",
            protocol,
            IPAddress.Parse(first ? "192.0.2.1" : "192.0.2.2"),
            IPAddress.Parse(first ? "192.0.2.2" : "192.0.2.1")
        );
        await pair.Ip.BatchAsync(
            inside.Name,
            "tunnel",
            [
                "link set dev gre0 mtu 1476",
                "link set dev gre0 up",
                $"address add 2001:db8::{(first ? 1 : 2)}/64 dev gre0 nodad",
            ],
            Need.Token
        );
        return end;
    }

    /// <summary>UDP through the tunnel and back.</summary>
    private static async Task<byte[]> EchoAsync(NamespacePair pair, byte[] payload)
    {
        using var server = Udp(pair.Second, "2001:db8::2", 7777);
        using var client = Udp(pair.First, "2001:db8::1", 0);
        var target = new IPEndPoint(IPAddress.Parse("2001:db8::2"), 7777);
        await client.SendToAsync(payload, target, Need.Token);
        var buffer = new byte[2000];
        var asked = await server
            .ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.IPv6Any, 0), Need.Token)
            .AsTask()
            .WaitAsync(TimeSpan.FromSeconds(10), Need.Token);
        await server.SendToAsync(
            buffer.AsMemory(0, asked.ReceivedBytes),
            asked.RemoteEndPoint,
            Need.Token
        );
        var answered = await client
            .ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.IPv6Any, 0), Need.Token)
            .AsTask()
            .WaitAsync(TimeSpan.FromSeconds(10), Need.Token);
        return buffer[..answered.ReceivedBytes];
    }

    private static Socket Udp(NetworkNamespace inside, string address, int port) =>
        inside.Run(() =>
        {
            var socket = new Socket(
                AddressFamily.InterNetworkV6,
                SocketType.Dgram,
                ProtocolType.Udp
            );
            socket.Bind(new IPEndPoint(IPAddress.Parse(address), port));
            return socket;
        });
}
