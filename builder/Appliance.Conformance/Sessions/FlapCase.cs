using System.Globalization;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>A session that flaps every second.</summary>
internal static class FlapCase
{
    private const int Times = 5;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    ) => SessionRun.OnVictimAsync(bench, FlapAsync, token);

    private static async Task<CaseResult> FlapAsync(
        SessionBench bench,
        LabSession victim,
        CancellationToken token
    )
    {
        var prefix = new ProbeSpace(victim).Next();
        var others = await bench.WatchOthersAsync(victim, token);
        var before = await bench.PeerAsync(victim, token);
        for (var i = 0; i < Times; i++)
        {
            await using var speaker = await bench.EstablishAsync(victim, token);
            await speaker.AnnounceAsync(new Announcement { Prefix = prefix }, token);
            await Task.Delay(Between, token);
        }

        var gone = await bench.WaitAsync(
            async () => !SessionBench.IsAccepted(await bench.LookAsync(token), prefix, victim),
            Limit,
            token
        );
        await using var last = await bench.EstablishAsync(victim, token);
        await last.AnnounceAsync(new Announcement { Prefix = prefix }, token);
        var back = await bench.WaitAsync(
            async () => SessionBench.IsAccepted(await bench.LookAsync(token), prefix, victim),
            Limit,
            token
        );
        var after = await bench.PeerAsync(victim, token);
        var (calm, rest) = await others.LookAsync(token);
        return SessionBench.Result(
            victim,
            "flap",
            "a flap every second withdraws and restores the routes each time, and disturbs no other session",
            gone && back && calm,
            string.Create(
                CultureInfo.InvariantCulture,
                $"came up {after.Established - before.Established} times; {prefix} gone after the last flap: {gone}, in the kernel again: {back}; others: {rest}"
            )
        );
    }
}
