using System.Net;
using System.Net.Sockets;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Topology;
using Appliance.Rendering.Documents;
using Appliance.Tests.Support;

namespace Appliance.Conformance.Tests.Sessions;

/// <summary>A neighbor of a router that resets its first sessions, as bgpd does while it reads its configuration.</summary>
public sealed class RestartNeighborTests
{
    private static readonly IPAddress Router = IPAddress.Parse("192.0.2.2");
    private static readonly IPNetwork Foreign = IPNetwork.Parse("12.99.0.0/16");

    [Fact]
    public async Task It_reconnects_until_the_session_stays_up()
    {
        Need.Root();
        await using var pair = await NamespacePair.MakeAsync("returns");
        var (edge, session) = Plan();
        await using var neighbor = Neighbor(pair, session);

        await KeepConnectedAsync(
            pair,
            session,
            neighbor,
            [
                [],
                [],
                Ours(edge),
            ]
        );

        Assert.True(neighbor.IsUp);
        await Wait.UntilAsync(() => neighbor.Judge(edge, [], ended: false).All(IsPassed));
        Assert.All(neighbor.Judge(edge, [], ended: false), result => Assert.True(IsPassed(result)));
    }

    [Fact]
    public async Task A_leak_on_an_ended_session_fails()
    {
        Need.Root();
        await using var pair = await NamespacePair.MakeAsync("leaks");
        var (edge, session) = Plan();
        await using var neighbor = Neighbor(pair, session);

        await KeepConnectedAsync(
            pair,
            session,
            neighbor,
            [
                [Foreign],
                Ours(edge),
            ]
        );

        Assert.True(neighbor.IsUp);
        var failed = Assert.Single(
            neighbor.Judge(edge, [], ended: true),
            result => !IsPassed(result)
        );
        Assert.Contains($"advertised {Foreign}", failed.Evidence, StringComparison.Ordinal);
        Assert.StartsWith("on a session that ended", failed.Evidence, StringComparison.Ordinal);
    }

    private static bool IsPassed(CaseResult result) => result.Outcome == CaseOutcome.Passed;

    private static (SiteDocument Edge, LabSession Session) Plan()
    {
        var plan = LabPlanner.Plan("t-returns", LoweredLimits.Of(Networks.Shipped("every-role")));
        var session = plan.Sessions.First(item => item.Neighbor.Name == "carrier4");
        return (plan.Document(session.Edge), session with { EdgeAddress = Router });
    }

    private static IReadOnlyList<IPNetwork> Ours(SiteDocument edge) =>
        [
            .. edge
                .Prefixes.Select(IPNetwork.Parse)
                .Where(prefix => prefix.BaseAddress.GetAddressBytes().Length == 4),
        ];

    private static RestartNeighbor Neighbor(NamespacePair pair, LabSession session) =>
        new(
            session,
            token =>
                BgpSpeaker.EstablishAsync(
                    new BgpSpeakerOptions
                    {
                        Inside = pair.First,
                        Local = IPAddress.Parse("192.0.2.1"),
                        Peer = Router,
                        Asn = session.Neighbor.Asn,
                        RouterId = IPAddress.Parse("192.0.2.1"),
                        Families = [RouteFamily.Ipv4],
                    },
                    TimeSpan.FromSeconds(30),
                    token
                )
        );

    /// <summary>A router that advertises given routes on each session, and ends all but the last one.</summary>
    private static async Task KeepConnectedAsync(
        NamespacePair pair,
        LabSession session,
        RestartNeighbor neighbor,
        IReadOnlyList<IReadOnlyList<IPNetwork>> advertised
    )
    {
        using var listener = pair.Second.Run(() => new TcpListener(Router, BgpConnection.Port));
        listener.Start();
        var last = AnswerAsync(listener, session, advertised);
        await neighbor.KeepConnectedAsync(last, Need.Token);
        // Its end would end the session.
        GC.KeepAlive(await last);
    }

    private static async Task<TcpClient> AnswerAsync(
        TcpListener listener,
        LabSession session,
        IReadOnlyList<IReadOnlyList<IPNetwork>> advertised
    )
    {
        TcpClient client = null!;
        foreach (var (number, routes) in advertised.Index())
        {
            client = await listener.AcceptTcpClientAsync(Need.Token);
            var stream = client.GetStream();
            await BgpMessage.ReadAsync(stream, Need.Token);
            await stream.WriteAsync(Open(session).ToMessage().Encode(), Need.Token);
            await stream.WriteAsync(BgpMessage.KeepAlive.Encode(), Need.Token);
            foreach (var prefix in routes)
            {
                await stream.WriteAsync(Update(session, prefix).Encode(), Need.Token);
            }

            if (number + 1 < advertised.Count)
            {
                // Delayed: the neighbor has to receive everything before the end.
                await BgpMessage.ReadAsync(stream, Need.Token);
                client.Close();
            }
        }

        return client;
    }

    private static BgpOpen Open(LabSession session) =>
        new()
        {
            Asn = session.EdgeAsn,
            HoldTime = 0,
            RouterId = Router,
            Capabilities = [BgpCapability.Unicast(RouteFamily.Ipv4)],
        };

    private static BgpMessage Update(LabSession session, IPNetwork prefix) =>
        new BgpUpdate
        {
            Attributes =
            [
                PathAttribute.Origin,
                PathAttribute.AsPath([
                    AsPathSegment.Sequence([
                        .. Enumerable.Repeat(session.EdgeAsn, session.Neighbor.Prepend + 1),
                    ]),
                ]),
                PathAttribute.NextHop(Router),
            ],
            Announced = [prefix],
        }.ToMessage();
}
