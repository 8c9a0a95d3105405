using System.Globalization;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>A neighbor that keeps the session alive and reads nothing, while it sends route refreshes.</summary>
internal static class StalledReaderCase
{
    private const int Requests = 60;
    private const int SmallestBuffer = 2304;

    /// <summary>bgpd coalesces requests that arrive closer together.</summary>
    private static readonly TimeSpan BetweenRequests = TimeSpan.FromMilliseconds(60);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    ) => SessionRun.OnVictimAsync(bench, StallAsync, token);

    private static async Task<CaseResult> StallAsync(
        SessionBench bench,
        LabSession victim,
        CancellationToken token
    )
    {
        var prefix = new ProbeSpace(victim).Next();
        var others = await bench.WatchOthersAsync(victim, token);
        await using var speaker = await bench.EstablishAsync(
            NeighborSpeaker.Options(bench.Lab, victim) with
            {
                ReceiveBuffer = SmallestBuffer,
            },
            token
        );
        long waiting;
        bool accepted;
        using (await speaker.StopReadingAsync(token))
        {
            await AskForEverythingAsync(speaker, victim, token);
            await speaker.AnnounceAsync(new Announcement { Prefix = prefix }, token);
            accepted = await bench.WaitAsync(
                async () => SessionBench.IsAccepted(await bench.LookAsync(token), prefix, victim),
                Limit,
                token
            );
            waiting = await bench.Router.UnsentAsync(BgpConnection.Port, token);
        }

        var (calm, rest) = await others.LookAsync(token);
        var own = bench.Document.Prefixes.Count(text =>
            text.Contains(':', StringComparison.Ordinal) == victim.IsIpv6
        );
        var received = await bench.WaitAsync(
            () => Task.FromResult(speaker.Log.Routes.Count >= own && !speaker.IsClosed),
            Limit,
            token
        );
        return SessionBench.Result(
            victim,
            "stops-reading",
            "a neighbor that reads nothing delays no other session, and receives its routes afterwards",
            waiting > 0 && accepted && calm && received,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Requests} route refreshes sent: {waiting} bytes wait to be read; {prefix} accepted meanwhile: {accepted}; session {speaker.Log.Ending ?? "established"}, {speaker.Log.ReceivedRoutes.Count} routes read afterwards; others: {rest}"
            )
        );
    }

    private static async Task AskForEverythingAsync(
        BgpSpeaker speaker,
        LabSession victim,
        CancellationToken token
    )
    {
        var family = (byte)(victim.IsIpv6 ? RouteFamily.Ipv6 : RouteFamily.Ipv4);
        var request = new BgpMessage(BgpMessageType.RouteRefresh, [0, family, 0, 1]).Encode();
        for (var i = 0; i < Requests; i++)
        {
            await speaker.SendAsync(request, token);
            await Task.Delay(BetweenRequests, token);
        }
    }
}
