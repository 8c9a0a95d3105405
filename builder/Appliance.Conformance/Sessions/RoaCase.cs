using System.Diagnostics;
using System.Globalization;
using System.Net;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Rpki;
using Appliance.Lab.Topology;
using Appliance.Rendering.Files.Routing;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Sessions;

/// <summary>ROAs that change while routes are installed: valid, then invalid, then valid again.</summary>
internal static class RoaCase
{
    private const uint UnrelatedAsn = LabNumbers.WorldAsn + 900;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    /// <summary>Limit for what FRR may do, and need not.</summary>
    private static readonly TimeSpan ShortLimit = TimeSpan.FromSeconds(1);

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    )
    {
        var sessions = bench.Sessions.Where(SessionBench.AcceptsRoutes).ToList();
        return bench.Document.Bgp!.RpkiCaches.Count == 0 || sessions.Count == 0
            ? []
            : await SessionRun.WithoutHonestAsync(
                bench,
                sessions,
                () => ChangeAsync(bench, sessions, token),
                token
            );
    }

    private static async Task<IReadOnlyList<CaseResult>> ChangeAsync(
        SessionBench bench,
        List<LabSession> sessions,
        CancellationToken token
    )
    {
        var prefixes = sessions.ToDictionary(
            session => session,
            session => new ProbeSpace(session).Next()
        );
        var speakers = new List<BgpSpeaker>();
        try
        {
            await RoaChange.SetAsync(bench.Lab, bench.Edge, Roas(prefixes, valid: true), token);
            foreach (var session in sessions)
            {
                var speaker = await bench.EstablishAsync(session, token);
                speakers.Add(speaker);
                await speaker.AnnounceAsync(new Announcement { Prefix = prefixes[session] }, token);
            }

            var valid = await WaitAsync(bench, prefixes, accepted: true, Limit, token);
            await RoaChange.SetAsync(bench.Lab, bench.Edge, Roas(prefixes, valid: false), token);
            var overlooks = Overlooks(bench);
            var atOnce = await WaitAsync(
                bench,
                prefixes,
                accepted: false,
                overlooks ? ShortLimit : Limit,
                token
            );
            var invalid = atOnce;
            if (overlooks && atOnce.Count < prefixes.Count)
            {
                await bench.Router.CommandAsync([FrrPolicy.RevalidationCommand], token);
                invalid = await WaitAsync(bench, prefixes, accepted: false, Limit, token);
            }

            await RoaChange.SetAsync(bench.Lab, bench.Edge, Roas(prefixes, valid: true), token);
            // bgpd does not revalidate rejected routes by itself; cron does every quarter of an hour.
            await bench.Router.CommandAsync([FrrPolicy.RevalidationCommand], token);
            var again = await WaitAsync(bench, prefixes, accepted: true, Limit, token);
            return
            [
                .. sessions.Select(session =>
                    SessionBench.Result(
                        session,
                        "rpki-changes",
                        overlooks
                            ? "a route whose ROA makes it invalid is removed with the next revalidation, and restored with the one after"
                            : "a route whose ROA makes it invalid is removed at once, and restored with the next revalidation",
                        valid.ContainsKey(session)
                            && invalid.ContainsKey(session)
                            && again.ContainsKey(session),
                        $"{prefixes[session]}: valid {Word(bench, valid, session, "accepted")}; invalid {Word(bench, invalid, session, "gone")}{(atOnce.ContainsKey(session) ? "" : ", not before it was revalidated")}; valid again, and revalidated: {Word(bench, again, session, "accepted")}"
                    )
                ),
            ];
        }
        finally
        {
            foreach (var speaker in speakers)
            {
                await speaker.DisposeAsync();
            }
        }
    }

    /// <summary>
    /// bgpd of FRR 9.1 and later does not find the prefix of a changed ROA where its table has a branch above it
    /// (bgp_table_subtree_lookup); the periodic revalidation has to suffice then.
    /// </summary>
    private static bool Overlooks(SessionBench bench) =>
        FrrRelease.IsSince(bench.Lab.Request.FrrVersionOf(bench.Edge), 9, 1);

    /// <summary>Measures, per session, the time from the edge's knowing the ROAs to the expected state of the route.</summary>
    private static async Task<Dictionary<LabSession, TimeSpan>> WaitAsync(
        SessionBench bench,
        Dictionary<LabSession, IPNetwork> prefixes,
        bool accepted,
        TimeSpan limit,
        CancellationToken token
    )
    {
        var clock = Stopwatch.StartNew();
        var there = new Dictionary<LabSession, TimeSpan>();
        await bench.WaitAsync(
            async () =>
            {
                var seen = await bench.LookAsync(token);
                foreach (var (session, prefix) in prefixes)
                {
                    if (SessionBench.IsAccepted(seen, prefix, session) == accepted)
                    {
                        there.TryAdd(session, clock.Elapsed);
                    }
                }

                return there.Count == prefixes.Count;
            },
            limit,
            token
        );
        return there;
    }

    private static string Word(
        SessionBench bench,
        Dictionary<LabSession, TimeSpan> there,
        LabSession session,
        string what
    ) =>
        there.TryGetValue(session, out var time)
            ? string.Create(CultureInfo.InvariantCulture, $"{what} after {time.TotalSeconds:0.0} s")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"not {what} within {bench.Timeout(Limit).TotalSeconds:0} s"
            );

    private static List<RoaEntry> Roas(Dictionary<LabSession, IPNetwork> prefixes, bool valid) =>
        [
            .. prefixes.Select(item => new RoaEntry(
                item.Value,
                item.Value.PrefixLength,
                valid ? item.Key.Neighbor.Asn : UnrelatedAsn
            )),
        ];
}
