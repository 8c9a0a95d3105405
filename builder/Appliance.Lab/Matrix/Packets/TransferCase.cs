using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Appliance.Lab.Topology;

namespace Appliance.Lab.Matrix.Packets;

/// <summary>TCP between a host behind a tunnel and the world, a megabyte each way.</summary>
internal static class TransferCase
{
    private const int Megabyte = 1 << 20;
    private const int Seed = 1480;

    /// <summary>TCP_MAXSEG of linux/tcp.h.</summary>
    private const int MaximumSegment = 2;

    /// <summary>IPV6_MTU of linux/in6.h: what is known of the path.</summary>
    private const int PathMtu = 24;

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
        var path = BitConverter.ToInt32(Option(pair.World, 41, PathMtu));
        return bench.Result(
            "transfer",
            "a megabyte of TCP goes each way, in segments that fit the tunnel, of which the world was told by ICMPv6",
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

    /// <summary>Whether a connection comes about within a second.</summary>
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

    /// <summary>The path is as wide as the narrowest tunnel on it; one to a neighbor may be narrower than the host's.</summary>
    private static bool IsOfTunnels(PacketBench bench, int path) =>
        path == bench.Tunnel.Mtu
        || (
            path < bench.Tunnel.Mtu
            && bench.Edge.Document.Tunnels.Any(tunnel => tunnel.Upstream && tunnel.Mtu == path)
        );

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
