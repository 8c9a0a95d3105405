using System.Diagnostics;
using System.Globalization;
using System.Net;
using Appliance.Lab.Bgp;
using Appliance.Lab.Rpki;
using Appliance.Lab.Topology;
using Appliance.Rendering.Policies;

namespace Appliance.Lab.Matrix.Sessions;

/// <summary>ROAs that change while routes stand: valid, then invalid, then valid again.</summary>
internal static class RoaCase
{
    private const uint Stranger = LabNumbers.WorldAsn + 900;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(12);

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    )
    {
        var sessions = bench.Sessions.Where(SessionBench.TakesRoutes).ToList();
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

            var valid = await WaitAsync(bench, prefixes, taken: true, token);
            await RoaChange.SetAsync(bench.Lab, bench.Edge, Roas(prefixes, valid: false), token);
            var invalid = await WaitAsync(bench, prefixes, taken: false, token);
            await RoaChange.SetAsync(bench.Lab, bench.Edge, Roas(prefixes, valid: true), token);
            // bgpd forgets to look at what it refused; what cron does every quarter of an hour is not waited for.
            await bench.Router.CommandAsync(token, FrrPolicy.RevalidationCommand);
            var again = await WaitAsync(bench, prefixes, taken: true, token);
            return
            [
                .. sessions.Select(session =>
                    SessionBench.Result(
                        session,
                        "rpki-changes",
                        "a route goes at once when its ROA turns against it, and comes back with the next revalidation",
                        valid.ContainsKey(session)
                            && invalid.ContainsKey(session)
                            && again.ContainsKey(session),
                        $"{prefixes[session]}: valid {Word(valid, session, "taken")}; invalid {Word(invalid, session, "gone")}; valid again, and revalidated: {Word(again, session, "taken")}"
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

    /// <summary>Which sessions' routes got there, and how long it took since the edge knew the ROAs.</summary>
    private static async Task<Dictionary<LabSession, TimeSpan>> WaitAsync(
        SessionBench bench,
        Dictionary<LabSession, IPNetwork> prefixes,
        bool taken,
        CancellationToken token
    )
    {
        var clock = Stopwatch.StartNew();
        var there = new Dictionary<LabSession, TimeSpan>();
        await SessionBench.UntilAsync(
            async () =>
            {
                var seen = await bench.LookAsync(token);
                foreach (var (session, prefix) in prefixes)
                {
                    if (SessionBench.IsTaken(seen, prefix, session) == taken)
                    {
                        there.TryAdd(session, clock.Elapsed);
                    }
                }

                return there.Count == prefixes.Count;
            },
            Limit,
            token
        );
        return there;
    }

    private static string Word(
        Dictionary<LabSession, TimeSpan> there,
        LabSession session,
        string what
    ) =>
        there.TryGetValue(session, out var time)
            ? string.Create(CultureInfo.InvariantCulture, $"{what} after {time.TotalSeconds:0.0} s")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"not {what} within {Limit.TotalSeconds:0} s"
            );

    private static List<RoaEntry> Roas(Dictionary<LabSession, IPNetwork> prefixes, bool valid) =>
        [
            .. prefixes.Select(item => new RoaEntry(
                item.Value,
                item.Value.PrefixLength,
                valid ? item.Key.Neighbor.Asn : Stranger
            )),
        ];
}
