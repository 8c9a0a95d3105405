using System.Globalization;
using System.Net;
using System.Text.Json;
using Appliance.Conformance.Sessions;
using Appliance.Lab.Daemons;
using Appliance.Lab.Topology;
using Appliance.Rendering.Policies;

namespace Appliance.Conformance.Routes;

/// <summary>Judges that our communities are removed from a neighbor's routes, and set by the import policy only.</summary>
/// <param name="rules">Of the edge's frr.conf.</param>
internal sealed class CommunityJudge(SessionBench bench, IReadOnlyList<RenderedRule> rules)
{
    private const string Alias = "bgp community alias ";

    /// <summary>FRR prints the aliases of communities that have one.</summary>
    private readonly Dictionary<string, string> names = bench
        .Lab.ConfigurationOf(bench.Edge)
        .Split('\n')
        .Where(line => line.StartsWith(Alias, StringComparison.Ordinal))
        .Select(line => line[Alias.Length..].Split(' '))
        .ToDictionary(words => words[0], words => words[1], StringComparer.Ordinal);

    public async Task<IReadOnlyList<CaseResult>> JudgeAsync(
        IReadOnlyList<(LabSession Session, RouteProbe Probe)> marked,
        CancellationToken token
    )
    {
        if (marked.Count == 0)
        {
            return [];
        }

        var answers = await bench.Router.ShowAsync(
            [
                .. marked.Select(item =>
                    $"show bgp {SessionBench.Family(item.Session)} unicast {item.Probe.Announcement.Prefix} json"
                ),
            ],
            token
        );
        return [.. marked.SelectMany((item, i) => Judge(item.Session, item.Probe, answers[i]))];
    }

    private IEnumerable<CaseResult> Judge(LabSession session, RouteProbe probe, JsonElement answer)
    {
        var prefix = probe.Announcement.Prefix;
        var path = PathOf(session, answer);
        var large = Words(path, "largeCommunity");
        var standard = Words(path, "community");
        var asn = bench.Document.Asn.ToString(CultureInfo.InvariantCulture);
        var what =
            probe.Dropped ? "-request"
            : prefix.PrefixLength == 0 ? "-default"
            : "";
        var evidence = $"{prefix} community {standard}, largeCommunity {large}";
        yield return SessionBench.Result(
            session,
            $"marks-removed{what}",
            "our communities are removed from a neighbor's routes",
            !large.Contains($"{asn}:9:9", StringComparison.Ordinal)
                && !standard.Contains($"{asn}:666", StringComparison.Ordinal),
            evidence
        );
        var lines = LinesOf(session, probe);
        // " set large-community 64500:1:1 64500:2:64496 additive".
        var marks = lines
            .TakeLast(1)
            .SelectMany(line => line.Split(' '))
            .Where(word => word.Contains(':', StringComparison.Ordinal))
            .ToList();
        var alone = lines.Any(line => line.EndsWith(" no-advertise", StringComparison.Ordinal));
        yield return SessionBench.Result(
            session,
            $"marks-added{what}",
            $"a route carries the communities of its source ({string.Join(' ', marks)}){(alone ? ", and no-advertise" : "")}",
            marks.Count > 0
                && marks.TrueForAll(mark =>
                    large
                        .Split(' ')
                        .Any(word => word == mark || word == names.GetValueOrDefault(mark))
                )
                && (!alone || standard.Contains("noAdvertise", StringComparison.Ordinal)),
            evidence
        );
    }

    /// <summary>Lines of the rule that sets communities on the neighbor's routes.</summary>
    private IReadOnlyList<string> LinesOf(LabSession session, RouteProbe probe) =>
        rules
            .FirstOrDefault(rule =>
                rule.Rule == (probe.Dropped ? PolicyRules.RequestMarked : PolicyRules.LearnedFrom)
                && rule.Subject!.Split(' ')[0] == session.Neighbor.Name
            )
            ?.Lines
        ?? [];

    /// <summary>Several neighbors may have announced the same prefix.</summary>
    private static JsonElement? PathOf(LabSession session, JsonElement answer) =>
        answer.TryGetProperty("paths", out var paths)
            ? paths
                .EnumerateArray()
                .Where(path =>
                    path.TryGetProperty("peer", out var peer)
                    && peer.TryGetProperty("peerId", out var id)
                    && id.GetString() == session.UpstreamAddress.ToString()
                )
                .Select(path => (JsonElement?)path)
                .FirstOrDefault()
            : null;

    private static string Words(JsonElement? path, string name) =>
        path is { } found
        && found.TryGetProperty(name, out var communities)
        && communities.TryGetProperty("list", out var list)
            ? string.Join(' ', list.EnumerateArray().Select(item => item.GetString()))
            : "none";
}
