using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Appliance.Lab.Linux;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Packets;

/// <summary>
/// Packets with spoofed sources: ours or unassigned ones from a neighbor, foreign ones from one of our hosts. pf(4)
/// drops them, so only a virtual machine shows it. With each goes a packet with a valid source, which arrives.
/// </summary>
internal static class SpoofedCase
{
    private const string Title = "spoofed sources are dropped in both directions";

    /// <summary>IPPROTO_IPV6 and IPV6_FREEBIND of linux/in6.h: allows any source.</summary>
    private const int Ipv6 = 41;
    private const int FreeBind = 78;
    private const int Port = 5999;
    private const int Copies = 3;

    /// <summary>Unassigned space (RFC 9637), and space of a distant network.</summary>
    private static readonly IPAddress Nobody = IPAddress.Parse("3fff:1::1");
    private static readonly IPAddress Somebody = IPAddress.Parse("2d00:5555::1");

    private static readonly TimeSpan Arrival = TimeSpan.FromSeconds(2);

    public static async Task<CaseResult> RunAsync(PacketBench bench, CancellationToken token)
    {
        if (!bench.Lab.Plan.Node(bench.Edge.Edge).IsVirtualMachine)
        {
            return new(
                $"{bench.Edge.Edge}–{bench.Host.Site}",
                "spoofed",
                Title,
                CaseOutcome.Skipped,
                "pf(4) drops them, and namespaces have no pf"
            );
        }

        var seen = new List<Flow>();
        foreach (var session in bench.Edge.Sessions.Where(session => session.IsIpv6))
        {
            seen.AddRange(await InwardsAsync(bench, session, token));
        }

        seen.AddRange(await OutwardsAsync(bench, token));
        return bench.Result(
            "spoofed",
            Title,
            seen.TrueForAll(flow => flow.IsRight),
            string.Join("; ", seen)
        );
    }

    /// <summary>From a neighbor to the host.</summary>
    private static Task<IReadOnlyList<Flow>> InwardsAsync(
        PacketBench bench,
        LabSession session,
        CancellationToken token
    )
    {
        var sender = bench.Lab.Namespace(session.Upstream);
        return SendAsync(
            bench.HostSpace,
            bench.HostAddress,
            [
                new(session.Neighbor.Name, sender, LabNumbers.OwnHost(session.Number).Ipv6, true),
                new(session.Neighbor.Name, sender, PacketBench.UnassignedOf(bench), false),
                new(session.Neighbor.Name, sender, Nobody, false),
            ],
            token
        );
    }

    /// <summary>From the host to the world, with the address of another host.</summary>
    private static async Task<IReadOnlyList<Flow>> OutwardsAsync(
        PacketBench bench,
        CancellationToken token
    )
    {
        var host = bench.HostSpace;
        Flow[] flows =
        [
            new(bench.Host.Site, host, bench.HostAddress, true),
            new(bench.Host.Site, host, Somebody, false),
            new(bench.Host.Site, host, PacketBench.UnassignedOf(bench), false),
        ];
        // The host's own rules route no foreign source into the tunnel.
        var table = LabNumbers.TableOf(bench.Tunnel.Fib);
        var rules = flows
            .Where(flow => !flow.IsHonest)
            .Select(flow => $"from {flow.Source}/128 lookup {table}")
            .ToList();
        await RulesAsync(bench, "add", rules, token);
        try
        {
            return await SendAsync(bench.World, LabNumbers.FarHost6, flows, token);
        }
        finally
        {
            await RulesAsync(bench, "delete", rules, token);
        }
    }

    private static Task RulesAsync(
        PacketBench bench,
        string verb,
        IEnumerable<string> rules,
        CancellationToken token
    ) =>
        bench.Lab.Ip.BatchAsync(
            bench.HostSpace.Name,
            $"spoofed.{verb}",
            [.. rules.Select(rule => $"rule {verb} {rule}")],
            token,
            ipv6: true
        );

    /// <summary>Each packet names its sender, so that late packets of others are not counted.</summary>
    private static async Task<IReadOnlyList<Flow>> SendAsync(
        NetworkNamespace receiver,
        IPAddress target,
        IReadOnlyList<Flow> flows,
        CancellationToken token
    )
    {
        using var listener = PacketBench.Open(receiver, SocketType.Dgram, ProtocolType.Udp);
        listener.Bind(new IPEndPoint(target, Port));
        foreach (var flow in flows)
        {
            using var socket = PacketBench.Open(flow.Sender, SocketType.Dgram, ProtocolType.Udp);
            socket.SetRawSocketOption(Ipv6, FreeBind, BitConverter.GetBytes(1));
            socket.Bind(new IPEndPoint(flow.Source, 0));
            for (var i = 0; i < Copies; i++)
            {
                await socket.SendToAsync(
                    Encoding.ASCII.GetBytes(flow.Mark),
                    new IPEndPoint(target, Port),
                    token
                );
            }
        }

        var arrived = await ReceiveAsync(listener, token);
        return
        [
            .. flows.Select(flow =>
                flow with
                {
                    Arrived = arrived.Count(mark => mark == flow.Mark),
                }
            ),
        ];
    }

    private static async Task<IReadOnlyList<string>> ReceiveAsync(
        Socket listener,
        CancellationToken token
    )
    {
        var marks = new List<string>();
        var buffer = new byte[256];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Arrival);
        try
        {
            while (true)
            {
                var length = await listener.ReceiveAsync(buffer, limit.Token);
                marks.Add(Encoding.ASCII.GetString(buffer, 0, length));
            }
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return marks;
        }
    }

    /// <summary>The packets of one sender with one source.</summary>
    private sealed record Flow(
        string Name,
        NetworkNamespace Sender,
        IPAddress Source,
        bool IsHonest
    )
    {
        public int Arrived { get; init; }

        public bool IsRight => IsHonest ? Arrived > 0 : Arrived == 0;

        public string Mark => $"{Name} {Source}";

        public override string ToString() =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Name} as {Source}: {Arrived} of {Copies} arrived"
            );
    }
}
