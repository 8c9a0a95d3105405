using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Packets;

/// <summary>Packets to unassigned space of ours: dropped, not sent back.</summary>
internal static class UnassignedCase
{
    private const int Packets = 200;

    /// <summary>Allowance for BGP and neighbor discovery meanwhile.</summary>
    private const int Noise = Packets / 4;

    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(1);

    public static async Task<CaseResult> RunAsync(PacketBench bench, CancellationToken token)
    {
        var target = PacketBench.UnassignedOf(bench);
        var before = await CountAsync(bench, token);
        using (var socket = PacketBench.Open(bench.World, SocketType.Dgram, ProtocolType.Udp))
        {
            socket.Bind(new IPEndPoint(LabNumbers.FarHost6, 0));
            for (var i = 0; i < Packets; i++)
            {
                await socket.SendToAsync(new byte[64], new IPEndPoint(target, 9), token);
            }
        }

        await Task.Delay(Arrival, token);
        var after = await CountAsync(bench, token);
        var (sent, back) = (after.Sent - before.Sent, after.Received - before.Received);
        return bench.Result(
            "unassigned",
            "packets to unassigned space are dropped at the edge, without a loop to a neighbor",
            sent >= Packets && back < Noise,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Packets} packets to {target}: neighbors sent {sent} to the edge and got {back} back, BGP's own among them"
            )
        );
    }

    private static async Task<(long Sent, long Received)> CountAsync(
        PacketBench bench,
        CancellationToken token
    )
    {
        var (sent, received) = (0L, 0L);
        foreach (var session in bench.Edge.Sessions)
        {
            var one = await bench.CountersAsync(session.Upstream, session.UpstreamDevice, token);
            sent += one.Sent;
            received += one.Received;
        }

        return (sent, received);
    }
}
