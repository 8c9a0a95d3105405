using System.Diagnostics;
using System.Globalization;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Daemons;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Packets;

/// <summary>The failure of the neighbor that carries the traffic; another one takes over.</summary>
internal static class FailoverCase
{
    private const string Title =
        "when a neighbor fails, its traffic moves to another within 10 seconds";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task<CaseResult> RunAsync(PacketBench bench, CancellationToken token)
    {
        var network = LabNumbers.WorldNetwork(0).Ipv6;
        var before = (await bench.Edge.LookAsync(token)).Kernel(network);
        var used = bench.Edge.Sessions.FirstOrDefault(session =>
            session.IsIpv6 && before.Any(route => route.Device == session.EdgeDevice)
        );
        var others = bench.Edge.Sessions.Count(session =>
            session != used && session.IsIpv6 && SessionBench.AcceptsRoutes(session)
        );
        if (used is null || others == 0)
        {
            return new(
                $"{bench.Edge.Edge}–{bench.Host.Site}",
                "failover",
                Title,
                CaseOutcome.Skipped,
                "no two neighbors announce the same IPv6 routes"
            );
        }

        await bench.Lab.StopUpstreamAsync(used.Upstream);
        try
        {
            return await MoveAsync(bench, used, network, token);
        }
        finally
        {
            await bench.Lab.StartUpstreamAsync(used.Upstream, token);
        }
    }

    private static async Task<CaseResult> MoveAsync(
        PacketBench bench,
        LabSession used,
        System.Net.IPNetwork network,
        CancellationToken token
    )
    {
        var clock = Stopwatch.StartNew();
        IReadOnlyList<KernelRoute> now = [];
        var moved = await SessionBench.UntilAsync(
            async () =>
            {
                now = (await bench.Edge.LookAsync(token)).Kernel(network);
                return now.Count > 0 && now.All(route => route.Via != Via(used));
            },
            Limit,
            token
        );
        var route = clock.Elapsed;
        var carried = await SessionBench.UntilAsync(
            () => TransferCase.ConnectsAsync(bench, token),
            Limit,
            token
        );
        return bench.Result(
            "failover",
            Title,
            moved && carried && clock.Elapsed <= Limit,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{used.Neighbor.Name} stopped; after {route.TotalSeconds:0.0} s kernel: {string.Join(", ", now)}; TCP to {LabNumbers.FarHost6} comes up after {clock.Elapsed.TotalSeconds:0.0} s: {carried}"
            )
        );
    }

    private static string Via(LabSession session) => session.UpstreamAddress.ToString();
}
