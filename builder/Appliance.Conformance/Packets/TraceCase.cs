using System.Net;
using System.Net.Sockets;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;

namespace Appliance.Conformance.Packets;

/// <summary>The hops from a host to the world, as traceroute(8) shows them.</summary>
internal static class TraceCase
{
    private const int MostHops = 8;
    private const byte EchoRequest = 128;
    private const byte EchoReply = 129;
    private const byte TimeExceeded = 3;
    private static readonly TimeSpan TimeoutFactor = TimeSpan.FromSeconds(2);

    public static async Task<CaseResult> RunAsync(PacketBench bench, CancellationToken token)
    {
        var hops = new List<string>();
        for (byte hop = 1; hop <= MostHops && !hops.Contains(LabNames.World); hop++)
        {
            var who = await AskAsync(bench, hop, token);
            hops.Add(who is null ? "no response" : NameOf(bench, who));
        }

        var upstreams = bench.Edge.Sessions.Select(session => session.Upstream).ToList();
        return bench.Result(
            "trace",
            "the path to the world leads through the edge and one of its neighbors, and every hop responds",
            hops.Count == 3
                && hops[0] == bench.Edge.Edge
                && upstreams.Contains(hops[1])
                && hops[2] == LabNames.World,
            $"{bench.HostAddress} to {LabNumbers.FarHost6}: {string.Join(", ", hops)}"
        );
    }

    private static async Task<IPAddress?> AskAsync(
        PacketBench bench,
        byte hop,
        CancellationToken token
    )
    {
        using var socket = PacketBench.Open(bench.HostSpace, SocketType.Raw, ProtocolType.IcmpV6);
        socket.Bind(new IPEndPoint(bench.HostAddress, 0));
        // IPV6_UNICAST_HOPS of in6.h; .NET's own option is the multicast one.
        socket.SetRawSocketOption(41, 16, BitConverter.GetBytes((int)hop));
        // The kernel fills in the checksum (RFC 3542, 3.1).
        byte[] request = [EchoRequest, 0, 0, 0, 0x4c, hop, 0, hop];
        var target = new IPEndPoint(LabNumbers.FarHost6, 0);
        await socket.SendToAsync(request, target, token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(TimeoutFactor);
        var buffer = new byte[2048];
        try
        {
            while (true)
            {
                var answer = await socket.ReceiveFromAsync(buffer, target, limit.Token);
                if (answer.ReceivedBytes > 0 && buffer[0] is EchoReply or TimeExceeded)
                {
                    return ((IPEndPoint)answer.RemoteEndPoint).Address;
                }
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return null;
        }
    }

    private static string NameOf(PacketBench bench, IPAddress address) =>
        bench
            .Lab.Plan.Nodes.Where(node =>
                node.Loopbacks.Concat(
                        node.Devices.SelectMany(device => device.Addresses)
                            .Select(item => item.Address)
                    )
                    .Contains(address)
            )
            .Select(node => node.Name)
            .Concat(bench.Lab.Plan.Documents.Where(site => Has(site, address)).Select(s => s.Site))
            .FirstOrDefault()
        ?? address.ToString();

    /// <summary>A virtual machine's addresses are in its document only.</summary>
    private static bool Has(SiteDocument site, IPAddress address) =>
        site
            .Loopback.Concat(
                site.Interfaces.SelectMany(item => new[] { item.Ipv4, item.Ipv6 })
                    .Concat(site.Tunnels.Select(tunnel => tunnel.InnerLocal))
                    .OfType<string>()
                    .Select(text => text.Split('/')[0])
            )
            .Select(IPAddress.Parse)
            .Contains(address);
}
