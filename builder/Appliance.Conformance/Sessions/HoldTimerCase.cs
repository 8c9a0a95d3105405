using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>A neighbor that stops sending without closing the session.</summary>
internal static class HoldTimerCase
{
    /// <summary>Seconds; the shortest hold time of BGP (RFC 4271, 4.2).</summary>
    private const ushort Hold = 3;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    ) => SessionRun.OnVictimAsync(bench, SilenceAsync, token);

    private static async Task<CaseResult> SilenceAsync(
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
                HoldTime = Hold,
            },
            token
        );
        await speaker.AnnounceAsync(new Announcement { Prefix = prefix }, token);
        var accepted = await bench.WaitAsync(
            async () => SessionBench.IsAccepted(await bench.LookAsync(token), prefix, victim),
            Limit,
            token
        );
        speaker.Silent = true;
        await Task.WhenAny(speaker.Closed, Task.Delay(bench.Timeout(Limit), token));
        var gone = await bench.WaitAsync(
            async () => !SessionBench.IsAccepted(await bench.LookAsync(token), prefix, victim),
            Limit,
            token
        );
        var peer = await bench.PeerAsync(victim, token);
        var (calm, rest) = await others.LookAsync(token);
        return SessionBench.Result(
            victim,
            "hold-timer",
            "the session and the routes of a silent neighbor are removed when the hold timer expires",
            accepted && gone && calm && speaker.Log.Notification is { Code: 4 } && !peer.IsUp,
            $"hold {Hold} s: the neighbor received {speaker.Log.Ending ?? "nothing"}; {peer}; {prefix} was accepted: {accepted}, gone: {gone}; others: {rest}"
        );
    }
}
