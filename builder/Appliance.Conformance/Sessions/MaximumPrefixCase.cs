using System.Globalization;
using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Sessions;

/// <summary>A neighbor that leaks a table: the session ends at the maximum-prefix limit and stays down.</summary>
internal static class MaximumPrefixCase
{
    /// <summary>The most routes that one case announces; a lab lowers its limits instead.</summary>
    private const int MostRoutes = 220;

    private const string Title = "more routes than the limit end the session, and it stays down";

    /// <summary>bgpd checks the limit before it adds a route, so one route more is not enough.</summary>
    private const int Beyond = 5;

    private const string StateOfOverflow = "Idle (PfxCt)";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    )
    {
        var results = new List<CaseResult>();
        foreach (var session in bench.Sessions)
        {
            if (ImportLimit.Of(session.Neighbor) is not { } limit)
            {
                continue;
            }

            if (limit >= MostRoutes)
            {
                results.Add(
                    new(
                        session.Title,
                        "overflow",
                        Title,
                        CaseOutcome.Skipped,
                        $"its limit is {limit} routes, and this lab has not lowered it below {MostRoutes}"
                    )
                );
                continue;
            }

            results.Add(
                await SessionRun.WithoutHonestAsync(
                    bench,
                    [session],
                    () => OneAsync(bench, session, limit, token),
                    token
                )
            );
        }

        return results;
    }

    private static async Task<CaseResult> OneAsync(
        SessionBench bench,
        LabSession session,
        int limit,
        CancellationToken token
    )
    {
        var others = await bench.WatchOthersAsync(session, token);
        await using var speaker = await bench.EstablishAsync(session, token);
        var known = bench.Lab.Rpki.Entries.Select(entry => entry.Prefix).ToHashSet();
        var prefixes = await FloodAsync(speaker, session, known, limit + Beyond, token);
        await bench.WaitAsync(
            async () => !(await bench.PeerAsync(session, token)).IsUp,
            Limit,
            token
        );
        PeerState peer = null!;
        EdgeObservation seen = null!;
        await bench.WaitAsync(
            async () =>
            {
                peer = await bench.PeerAsync(session, token);
                seen = await bench.LookAsync(token);
                return peer.State == StateOfOverflow && Left(seen, prefixes, session) == 0;
            },
            Limit,
            token
        );
        var (calm, rest) = await others.LookAsync(token);
        var left = Left(seen, prefixes, session);
        await bench.Router.CommandAsync([$"clear bgp {session.UpstreamAddress}"], token);
        return SessionBench.Result(
            session,
            "overflow",
            Title,
            peer.State == StateOfOverflow
                && speaker.Log.Notification is { Code: 6, Subcode: 1 }
                && left == 0
                && calm,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{limit + Beyond} of {limit} routes: {peer}; the neighbor received {speaker.Log.Ending ?? "nothing"}; {left} of its routes left in the kernel; others: {rest}"
            )
        );
    }

    private static async Task<IReadOnlyList<IPNetwork>> FloodAsync(
        BgpSpeaker speaker,
        LabSession session,
        HashSet<IPNetwork> known,
        int count,
        CancellationToken token
    )
    {
        var space = new ProbeSpace(session);
        var prefixes = new List<IPNetwork>();
        while (prefixes.Count < count)
        {
            var prefix = space.Next();
            // Only accepted routes count, and RPKI may reject some.
            if (known.Contains(prefix))
            {
                continue;
            }

            prefixes.Add(prefix);
            try
            {
                await speaker.AnnounceAsync(new Announcement { Prefix = prefixes[^1] }, token);
            }
            catch (IOException)
            {
                // The edge has closed the session already, as it should.
                break;
            }
        }

        return prefixes;
    }

    private static int Left(
        EdgeObservation seen,
        IReadOnlyList<IPNetwork> prefixes,
        LabSession session
    ) =>
        prefixes.Count(prefix =>
            seen.Kernel(prefix).Any(route => route.Device == session.EdgeDevice)
        );
}
