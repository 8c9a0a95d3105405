using System.Globalization;
using Appliance.Conformance.Bgp;
using Appliance.Conformance.Routes;
using Appliance.Lab.Topology;

namespace Appliance.Conformance.Sessions;

/// <summary>A session whose route-maps were removed by hand (RFC 8212).</summary>
internal static class NoPolicyCase
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    public static Task<IReadOnlyList<CaseResult>> RunAsync(
        SessionBench bench,
        CancellationToken token
    ) => SessionRun.OnVictimAsync(bench, WithoutAsync, token);

    private static async Task<CaseResult> WithoutAsync(
        SessionBench bench,
        LabSession victim,
        CancellationToken token
    )
    {
        var prefix = new ProbeSpace(victim).Next();
        await ChangeAsync(bench, victim, "no ", token);
        try
        {
            await using var speaker = await bench.EstablishAsync(victim, token);
            await speaker.AnnounceAsync(new Announcement { Prefix = prefix }, token);
            var accepted = await bench.WaitAsync(
                async () =>
                    (await bench.LookAsync(token)).Rib(prefix, victim.UpstreamAddress) is not null,
                Limit,
                token
            );
            var received = speaker.Log.ReceivedRoutes;
            return SessionBench.Result(
                victim,
                "no-policy",
                "a session without a policy accepts and advertises nothing",
                !accepted && received.Count == 0 && !speaker.IsClosed,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"route-maps removed: {prefix} {(accepted ? "accepted" : "not in \"show bgp json\"")}; {received.Count} routes advertised"
                )
            );
        }
        finally
        {
            await ChangeAsync(bench, victim, "", token);
        }
    }

    private static Task ChangeAsync(
        SessionBench bench,
        LabSession victim,
        string no,
        CancellationToken token
    )
    {
        var neighbor = $"  {no}neighbor {victim.UpstreamAddress} route-map";
        return bench.Router.ApplyAsync(
            [
                string.Create(CultureInfo.InvariantCulture, $"router bgp {bench.Document.Asn}"),
                $" address-family {SessionBench.Family(victim)} unicast",
                $"{neighbor} import-{victim.Neighbor.Name} in",
                $"{neighbor} export-{victim.Neighbor.Name} out",
                " exit-address-family",
                "exit",
            ],
            token
        );
    }
}
