using System.Net.Sockets;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>Somebody with the neighbor's address who does not know its password, or is further away than it.</summary>
internal static class StrangerCase
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static async Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    )
    {
        var results = new List<CaseResult>();
        foreach (var session in bench.Sessions)
        {
            if (Impostor.Options(bench.Lab, session).Password is not null)
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
        const string Title = "without the password there is no session, with it there is";
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
        var none = await IsTakenAsync(bench, session, o => o with { Password = null }, token);
        var wrong = await IsTakenAsync(bench, session, o => o with { Password = "guess" }, token);
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
        var far = await IsTakenAsync(bench, session, o => o with { HopLimit = 64 }, token);
        var state = await bench.PeerAsync(session, token);
        await using var near = await bench.EstablishAsync(session, token);
        return SessionBench.Result(
            session,
            "far-away",
            "packets that have come further than the link make no session (GTSM)",
            !far && !state.IsUp && !near.IsClosed,
            $"TTL 64: {Word(far)}; {state}; TTL 255: Established"
        );
    }

    private static async Task<bool> IsTakenAsync(
        SessionBench bench,
        LabSession session,
        Func<BgpSpeakerOptions, BgpSpeakerOptions> change,
        CancellationToken token
    )
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(bench.Patiently(Patience));
        try
        {
            await using var speaker = await BgpSpeaker.TryAsync(
                change(Impostor.Options(bench.Lab, session)),
                limit.Token
            );
            // What arrives before bgpd has accepted the connection is answered, but makes no session yet.
            return await bench.WaitAsync(
                async () => (await bench.PeerAsync(session, token)).IsUp,
                Patience,
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

    private static string Word(bool taken) => taken ? "Established" : "no session";
}
