using System.Net.Sockets;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>A speaker with the neighbor's address but without its password, or at a greater distance.</summary>
internal static class SpoofedNeighborCase
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    )
    {
        var results = new List<CaseResult>();
        foreach (var session in bench.Sessions)
        {
            if (NeighborSpeaker.Options(bench.Lab, session).Password is not null)
            {
                results.Add(
                    await SessionRun.WithoutHonestAsync(
                        bench,
                        [session],
                        () => PasswordsAsync(bench, session, token),
                        token
                    )
                );
            }

            if (session.Neighbor.Session.TtlSecurity && !session.IsIpv6)
            {
                results.Add(
                    await SessionRun.WithoutHonestAsync(
                        bench,
                        [session],
                        () => FarAwayAsync(bench, session, token),
                        token
                    )
                );
            }
        }

        return results;
    }

    private static async Task<CaseResult> PasswordsAsync(
        SessionBench bench,
        LabSession session,
        CancellationToken token
    )
    {
        const string Title = "a session comes up with the right password only";
        if (!BgpConnection.HasPasswords(bench.Lab.Namespace(session.Upstream)))
        {
            return new(
                session.Title,
                "wrong-password",
                Title,
                CaseOutcome.Skipped,
                "this kernel has no TCP-MD5 (CONFIG_TCP_MD5SIG)"
            );
        }

        var before = await bench.Router.SignaturesAsync(token);
        var none = await ConnectsAsync(bench, session, o => o with { Password = null }, token);
        var wrong = await ConnectsAsync(bench, session, o => o with { Password = "guess" }, token);
        var state = await bench.PeerAsync(session, token);
        var after = await bench.Router.SignaturesAsync(token);
        await using var right = await bench.EstablishAsync(session, token);
        return SessionBench.Result(
            session,
            "wrong-password",
            Title,
            !none && !wrong && !state.IsUp && !right.IsClosed,
            $"none: {Word(none)}; a wrong one: {Word(wrong)}; {state}; segments dropped without a signature +{after.Missing - before.Missing}, with a wrong one +{after.Wrong - before.Wrong}; the right one: Established"
        );
    }

    private static async Task<CaseResult> FarAwayAsync(
        SessionBench bench,
        LabSession session,
        CancellationToken token
    )
    {
        var far = await ConnectsAsync(bench, session, o => o with { HopLimit = 64 }, token);
        var state = await bench.PeerAsync(session, token);
        await using var near = await bench.EstablishAsync(session, token);
        return SessionBench.Result(
            session,
            "far-away",
            "packets from beyond the link establish no session (GTSM)",
            !far && !state.IsUp && !near.IsClosed,
            $"TTL 64: {Word(far)}; {state}; TTL 255: Established"
        );
    }

    private static async Task<bool> ConnectsAsync(
        SessionBench bench,
        LabSession session,
        Func<BgpSpeakerOptions, BgpSpeakerOptions> change,
        CancellationToken token
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(bench.Timeout(Limit));
        try
        {
            await using var speaker = await BgpSpeaker.TryAsync(
                change(NeighborSpeaker.Options(bench.Lab, session)),
                limit.Token
            );
            // bgpd may respond before it accepts the connection; that is no session yet.
            return await bench.WaitAsync(
                async () => (await bench.PeerAsync(session, token)).IsUp,
                Limit,
                token
            );
        }
        catch (Exception exception)
            when (exception is SocketException or IOException or BgpFormatException
                || (exception is OperationCanceledException && !token.IsCancellationRequested)
            )
        {
            return false;
        }
    }

    private static string Word(bool accepted) => accepted ? "Established" : "no session";
}
