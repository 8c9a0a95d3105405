using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>
/// An aggregate that hides its origin in an AS_SET, over IPv4. It has a case of its own because FRR 8.4 ends such a session:
/// it reads what follows the path as prefixes. Newer ones take it as a withdrawal, as RFC 7606 asks.
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
                !session.IsIpv6 && SessionBench.TakesRoutes(session)
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
            "an aggregate that hides its origin in an AS_SET is refused",
            read && path is null && kernel == 0 && calm,
            $"{hiding}: {(path is null ? "no path in \"show bgp json\"" : $"path \"{path.Path}\"")}, {kernel} routes in the kernel; session {speaker.Heard.Ending ?? "established"}; others: {rest}"
        );
    }

    /// <summary>The edge has ended the session over it, or has taken what was announced afterwards.</summary>
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
                || SessionBench.IsTaken(await bench.LookAsync(token), ordinary, session),
            Limit,
            token
        );
    }
}
