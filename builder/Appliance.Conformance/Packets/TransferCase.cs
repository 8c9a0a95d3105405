using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Packets;

/// <summary>TCP between a host behind a tunnel and the world, a megabyte each way.</summary>
internal static class TransferCase
{
    private const int Megabyte = 1 << 20;
    private const int Seed = 1480;

    /// <summary>TCP_MAXSEG of linux/tcp.h.</summary>
    private const int MaximumSegment = 2;

    /// <summary>IPPROTO_IPV6, and options of linux/in6.h: IPV6_MTU, the path MTU, and IPV6_MTU_DISCOVER.</summary>
    private const int Ipv6 = 41;
    private const int PathMtu = 24;
    private const int Discovery = 23;

    /// <summary>IPV6_PMTUDISC_DO: packets that are too large are rejected, not fragmented.</summary>
    private const int Always = 2;

    /// <summary>Payload of an unfragmented packet on a link of 1500 bytes, without the headers of IPv6 and UDP.</summary>
    private const int FullLink = 1500 - 40 - 8;

    private const int Probes = 20;
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<CaseResult> RunAsync(PacketBench bench, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Limit);
        using var pair = await ConnectAsync(bench, limit.Token);
        var data = new byte[Megabyte];
        new Random(Seed).NextBytes(data);
        var up = await CarryAsync(pair.Host, pair.World, data, limit.Token);
        var down = await CarryAsync(pair.World, pair.Host, data, limit.Token);
        var (hostSegment, worldSegment) = (SegmentOf(pair.Host), SegmentOf(pair.World));
        var path = await PathAsync(bench, limit.Token);
        return bench.Result(
            "transfer",
            "a megabyte of TCP arrives each way, in segments that fit the tunnel, whose MTU the world has from ICMPv6",
            up
                && down
                && IsOfTunnels(bench, path)
                && hostSegment <= bench.Tunnel.Mss6
                && worldSegment <= bench.Tunnel.Mss6,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{bench.HostAddress} and {LabNumbers.FarHost6}: out {Word(up)}, in {Word(down)}; tunnel MTU {bench.Tunnel.Mtu}, path MTU at the world {path}; TCP_MAXSEG {hostSegment} at the host, {worldSegment} at the world, limit {bench.Tunnel.Mss6}"
            )
        );
    }

    /// <summary>Whether a connection is established within a second.</summary>
    public static async Task<bool> ConnectsAsync(PacketBench bench, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(TimeSpan.FromSeconds(1));
        try
        {
            using var pair = await ConnectAsync(bench, limit.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return false;
        }
    }

    /// <summary>The path MTU is that of the narrowest tunnel on it; one to a neighbor may be narrower than the host's.</summary>
    private static bool IsOfTunnels(PacketBench bench, int path) =>
        path == bench.Tunnel.Mtu
        || (
            path < bench.Tunnel.Mtu
            && bench.Edge.Document.Tunnels.Any(tunnel => tunnel.Upstream && tunnel.Mtu == path)
        );

    /// <summary>
    /// The path MTU that the world has from ICMPv6. TCP alone may never trigger it: a router that clamps the MSS keeps
    /// segments from being too large.
    /// </summary>
    private static async Task<int> PathAsync(PacketBench bench, CancellationToken token)
    {
        using var socket = PacketBench.Open(bench.World, SocketType.Dgram, ProtocolType.Udp);
        socket.SetRawSocketOption(Ipv6, Discovery, BitConverter.GetBytes(Always));
        socket.Bind(new IPEndPoint(LabNumbers.FarHost6, 0));
        await socket.ConnectAsync(new IPEndPoint(bench.HostAddress, 9), token);
        for (var i = 0; i < Probes; i++)
        {
            try
            {
                await socket.SendAsync(new byte[FullLink], SocketFlags.None, token);
            }
            catch (SocketException)
            {
                // Too large for the known path MTU; or the port is closed.
            }

            await Task.Delay(BetweenProbes, token);
            if (IsOfTunnels(bench, BitConverter.ToInt32(Option(socket, Ipv6, PathMtu))))
            {
                break;
            }
        }

        return BitConverter.ToInt32(Option(socket, Ipv6, PathMtu));
    }

    private static async Task<Pair> ConnectAsync(PacketBench bench, CancellationToken token)
    {
        using var listener = PacketBench.Open(bench.World, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(LabNumbers.FarHost6, 0));
        listener.Listen(1);
        var host = PacketBench.Open(bench.HostSpace, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            host.Bind(new IPEndPoint(bench.HostAddress, 0));
            await host.ConnectAsync(listener.LocalEndPoint!, token);
            return new(host, await listener.AcceptAsync(token));
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    private static async Task<bool> CarryAsync(
        Socket from,
        Socket to,
        byte[] data,
        CancellationToken token
    )
    {
        var sending = SendAllAsync(from, data, token);
        var received = new byte[data.Length];
        var count = 0;
        while (count < received.Length)
        {
            var now = await to.ReceiveAsync(received.AsMemory(count), token);
            if (now == 0)
            {
                break;
            }

            count += now;
        }

        await sending;
        return count == data.Length && received.AsSpan().SequenceEqual(data);
    }

    private static async Task SendAllAsync(Socket from, byte[] data, CancellationToken token)
    {
        for (var sent = 0; sent < data.Length; )
        {
            sent += await from.SendAsync(data.AsMemory(sent), token);
        }
    }

    private static int SegmentOf(Socket socket) =>
        BitConverter.ToInt32(Option(socket, 6, MaximumSegment));

    private static byte[] Option(Socket socket, int level, int name)
    {
        var value = new byte[sizeof(int)];
        socket.GetRawSocketOption(level, name, value);
        return value;
    }

    private static string Word(bool whole) => whole ? "1 MiB whole" : "damaged or cut off";

    private sealed record Pair(Socket Host, Socket World) : IDisposable
    {
        public void Dispose()
        {
            Host.Dispose();
            World.Dispose();
        }
    }
}
