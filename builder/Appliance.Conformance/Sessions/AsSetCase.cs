using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// An aggregate that hides its origin in an AS_SET, over IPv4. It is a case of its own because FRR 8.4 ends such a session:
/// it parses what follows the path as prefixes. Newer releases treat it as a withdrawal (RFC 7606).
/// </summary>
internal static class AsSetCase
{
    private const uint Hidden = LabNumbers.WorldAsn + 950;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    )
    {
        var results = new List<CaseResult>();
        foreach (
            var session in bench.Sessions.Where(session =>
                !session.IsIpv6 && SessionBench.AcceptsRoutes(session)
            )
        )
        {
            results.Add(
                await SessionRun.WithoutHonestAsync(
                    bench,
                    [session],
                    () => OneAsync(bench, session, token),
                    token
                )
            );
        }

        return results;
    }

    private static async Task<CaseResult> OneAsync(
        SessionBench bench,
        LabSession session,
        CancellationToken token
    )
    {
        var others = await bench.WatchOthersAsync(session, token);
        var space = new ProbeSpace(session);
        var (hiding, ordinary) = (space.Next(), space.Next());
        await using var speaker = await bench.EstablishAsync(session, token);
        await speaker.AnnounceAsync(
            new Announcement
            {
                Prefix = hiding,
                Path =
                [
                    AsPathSegment.Sequence(session.Neighbor.Asn),
                    AsPathSegment.Set(Hidden, Hidden + 1),
                ],
            },
            token
        );
        var read = await IsReadAsync(bench, session, speaker, ordinary, token);
        var seen = await bench.LookAsync(token);
        var (calm, rest) = await others.LookAsync(token);
        var path = seen.Rib(hiding, session.UpstreamAddress);
        var kernel = seen.Kernel(hiding).Count;
        return SessionBench.Result(
            session,
            "as-set",
            "an aggregate that hides its origin in an AS_SET is rejected",
            read && path is null && kernel == 0 && calm,
            $"{hiding}: {(path is null ? "no path in \"show bgp json\"" : $"path \"{path.Path}\"")}, {kernel} routes in the kernel; session {speaker.Log.Ending ?? "established"}; others: {rest}"
        );
    }

    /// <summary>The edge has ended the session, or has accepted the route announced afterwards.</summary>
    private static async Task<bool> IsReadAsync(
        SessionBench bench,
        LabSession session,
        BgpSpeaker speaker,
        System.Net.IPNetwork ordinary,
        CancellationToken token
    )
    {
        try
        {
            await speaker.AnnounceAsync(new Announcement { Prefix = ordinary }, token);
        }
        catch (IOException)
        {
            await speaker.Closed;
        }

        return await bench.WaitAsync(
            async () =>
                speaker.IsClosed
                || SessionBench.IsAccepted(await bench.LookAsync(token), ordinary, session),
            Limit,
            token
        );
    }
}
