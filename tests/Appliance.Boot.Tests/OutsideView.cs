using System.Buffers.Binary;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Appliance.Lab.Linux;

namespace Appliance.Boot.Tests;

/// <summary>What a router says to others on its network: to a querier of multicast listeners, and to a client of time.</summary>
/// <param name="UnaskedReports">MLDv2 reports in two seconds without a query.</param>
/// <param name="Groups">Groups that the router reported after a general query.</param>
/// <param name="StrangeGroups">The same after a query about a group that it has not joined.</param>
/// <param name="TimeReplies">Datagrams that came back from its NTP port.</param>
internal sealed record OutsideView(
    int UnaskedReports,
    IReadOnlyList<IPAddress> Groups,
    IReadOnlyList<IPAddress> StrangeGroups,
    int TimeReplies
)
{
    private const byte ListenerQuery = 130;
    private const byte ListenerReport = 143;
    private const int Ipv6Level = 41;
    private const int HopByHopOptions = 54;

    private static readonly IPAddress AllNodes = IPAddress.Parse("ff02::1");

    /// <summary>All MLDv2-capable routers (RFC 3810, 5.2.14), the destination of reports.</summary>
    private static readonly IPAddress AllQueriers = IPAddress.Parse("ff02::16");

    private static readonly IPAddress StrangeGroup = IPAddress.Parse("ff02::1:ff99:9999");
    private static readonly TimeSpan ResponseDelay = TimeSpan.FromSeconds(3);

    /// <summary>Queries the router from a namespace on the other side of its card.</summary>
    /// <param name="inside">The namespace.</param>
    /// <param name="card">The tap of the router's card.</param>
    /// <param name="addresses">The router's addresses on that network, both families.</param>
    public static async Task<OutsideView> LookAsync(
        NetworkNamespace inside,
        string card,
        IReadOnlyList<IPAddress> addresses,
        CancellationToken token
    )
    {
        var index = inside.Run(() => (int)InterfaceIndex(card));
        using var querier = inside.Run(() => Querier(index));
        var unasked = await ReportsAsync(querier, TimeSpan.FromSeconds(2), token);
        await QueryAsync(querier, index, AllNodes, IPAddress.IPv6Any, token);
        var groups = await ReportsAsync(querier, ResponseDelay, token);
        await QueryAsync(querier, index, StrangeGroup, StrangeGroup, token);
        var strange = await ReportsAsync(querier, ResponseDelay, token);
        var replies = 0;
        foreach (var address in addresses)
        {
            replies += await TimeRepliesAsync(inside, address, token);
        }

        return new(unasked.Count, groups, strange, replies);
    }

    private static long InterfaceIndex(string card) =>
        NetworkInterface
            .GetAllNetworkInterfaces()
            .Single(item => item.Name == card)
            .GetIPProperties()
            .GetIPv6Properties()
            .Index;

    /// <summary>An ICMPv6 socket whose packets carry the router alert that MLD demands (RFC 3810, 5; RFC 2711).</summary>
    private static Socket Querier(int index)
    {
        var socket = new Socket(AddressFamily.InterNetworkV6, SocketType.Raw, ProtocolType.IcmpV6);
        socket.SetRawSocketOption(Ipv6Level, HopByHopOptions, [0, 0, 5, 2, 0, 0, 1, 0]);
        socket.SetSocketOption(
            SocketOptionLevel.IPv6,
            SocketOptionName.AddMembership,
            new IPv6MulticastOption(AllQueriers, index)
        );
        socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.MulticastInterface, index);
        return socket;
    }

    /// <summary>A query as RFC 3810, 5.1 has it, to be answered within a second; the kernel adds the checksum.</summary>
    private static async Task QueryAsync(
        Socket querier,
        int index,
        IPAddress destination,
        IPAddress group,
        CancellationToken token
    )
    {
        var query = new byte[28];
        query[0] = ListenerQuery;
        BinaryPrimitives.WriteUInt16BigEndian(query.AsSpan(4), 1000);
        group.GetAddressBytes().CopyTo(query, 8);
        query[24] = 2;
        query[25] = 125;
        var scoped = new IPAddress(destination.GetAddressBytes(), index);
        await querier.SendToAsync(query, new IPEndPoint(scoped, 0), token);
    }

    private static async Task<IReadOnlyList<IPAddress>> ReportsAsync(
        Socket querier,
        TimeSpan limit,
        CancellationToken token
    )
    {
        var groups = new List<IPAddress>();
        await foreach (var datagram in DatagramsAsync(querier, limit, token))
        {
            if (datagram[0] == ListenerReport)
            {
                groups.AddRange(GroupsOf(datagram));
            }
        }

        return groups;
    }

    /// <summary>The records of a report (RFC 3810, 5.2): type, length of auxiliary data, number of sources, group.</summary>
    private static IEnumerable<IPAddress> GroupsOf(byte[] report)
    {
        var position = 8;
        for (var left = BinaryPrimitives.ReadUInt16BigEndian(report.AsSpan(6)); left > 0; left--)
        {
            yield return new IPAddress(report.AsSpan(position + 4, 16));
            var sources = BinaryPrimitives.ReadUInt16BigEndian(report.AsSpan(position + 2));
            position += 20 + (16 * sources) + (4 * report[position + 1]);
        }
    }

    /// <summary>A client's question and one of a monitoring program (modes 3 and 6 of NTP).</summary>
    private static async Task<int> TimeRepliesAsync(
        NetworkNamespace inside,
        IPAddress address,
        CancellationToken token
    )
    {
        using var socket = inside.Run(() =>
            new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp)
        );
        var client = new byte[48];
        client[0] = 0b00_100_011;
        var control = new byte[12];
        control[0] = 0b00_010_110;
        control[1] = 2;
        foreach (var question in new[] { client, control, client })
        {
            await socket.SendToAsync(question, new IPEndPoint(address, 123), token);
        }

        var replies = 0;
        await foreach (var _ in DatagramsAsync(socket, ResponseDelay, token))
        {
            replies++;
        }

        return replies;
    }

    private static async IAsyncEnumerable<byte[]> DatagramsAsync(
        Socket socket,
        TimeSpan time,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token
    )
    {
        var buffer = new byte[2048];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(time);
        while (true)
        {
            int length;
            try
            {
                length = await socket.ReceiveAsync(buffer, limit.Token);
            }
            catch (OperationCanceledException) when (!token.IsCancellationRequested)
            {
                yield break;
            }

            yield return buffer[..length];
        }
    }
}
