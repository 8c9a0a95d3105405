using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Files.Routing;

/// <summary>What one neighbor is told. Nothing else matches, and what matches nothing is denied.</summary>
internal sealed class FrrExport(SiteDocument document, FrrSession session, FrrPrefixLists lists)
{
    /// <summary>Marks static routes that neighbors are told as blackholes, and the communities of such routes.</summary>
    public const int BlackholeTag = 666;

    private NeighborDocument Neighbor => session.Neighbor;

    private FrrFamily Family => session.Family;

    private string Map => session.ExportMap;

    public IEnumerable<FrrBlock> Blocks() =>
        [
            FrrBlock.Text("!", $"! What we tell {session.Name}."),
            .. Held(),
            .. Neighbor.Drain ? [Drain()] : Array.Empty<FrrBlock>(),
            .. lists.AnnouncesAnything ? Ours() : [],
            .. lists.AnnouncesAnything && Neighbor.BlackholeCommunity is not null
                ? Blackholes()
                : [],
            .. lists.PassesRequests && Neighbor.BlackholeCommunity is not null
                ? [Requests()]
                : Array.Empty<FrrBlock>(),
            .. lists.Customers is not null ? CustomerRoutes() : [],
            .. Neighbor.Send == ExportMode.Full ? Everything() : [],
            FrrBlock.Text($"route-map {Map} deny 1000", "exit"),
        ];

    /// <summary>The first boot service takes it out of the running configuration; the file keeps it for the next start.</summary>
    private IEnumerable<FrrBlock> Held() =>
        document.Preflight is { Hold: PreflightHold.Announcements }
            ?
            [
                FrrBlock.Text(
                    "! Until the preflight has passed; it takes this away by itself.",
                    $"route-map {Map} deny 1",
                    " description held by preflight",
                    "exit"
                ),
            ]
            : [];

    private FrrBlock Drain() =>
        Rule(
            PolicyRules.Drain,
            $"route-map {Map} permit 5",
            $" description {PolicyRules.Drain.Id}",
            " set community graceful-shutdown additive",
            " on-match next",
            "exit"
        );

    private IEnumerable<FrrBlock> Ours() =>
        [
            FrrBlock.Text($"route-map {Map} permit 10", " description our prefixes"),
            Rule(PolicyRules.OnlyAnnounced, Family.MatchPrefixes(lists.Announce)),
            Rule(PolicyRules.OnlyLocal, $" match as-path {FrrPathLists.Local}"),
            .. Attributes(""),
            FrrBlock.Text("exit"),
        ];

    private IEnumerable<FrrBlock> Blackholes()
    {
        yield return Rule(
            PolicyRules.Blackhole,
            $"route-map {Map} permit 20",
            $" description {PolicyRules.Blackhole.Id}",
            Family.MatchPrefixes(lists.Blackholes),
            $" match as-path {FrrPathLists.Local}",
            SetBlackhole(),
            "exit"
        );
    }

    /// <summary>What customers have dropped here, to be dropped there as well.</summary>
    private FrrBlock Requests() =>
        Rule(
            PolicyRules.RequestTold,
            $"route-map {Map} permit 25",
            $" description {PolicyRules.RequestTold.Id}",
            $" match large-community {FrrPathLists.RequestsMark}",
            SetBlackhole(),
            "exit"
        );

    private string SetBlackhole()
    {
        var community = Neighbor.BlackholeCommunity!;
        var kind = IsLarge(community) ? "large-community" : "community";
        return $" set {kind} {FrrMarks.Word(community)} additive";
    }

    private IEnumerable<FrrBlock> CustomerRoutes() =>
        [
            FrrBlock.Text($"route-map {Map} permit 30", " description routes of customers"),
            Rule(PolicyRules.CustomerRoutesListed, Family.MatchPrefixes(lists.Customers!)),
            Rule(
                PolicyRules.CustomerRoutes,
                $" match large-community {FrrPathLists.CustomersMark}"
            ),
            .. Attributes(" of customers"),
            FrrBlock.Text("exit"),
        ];

    /// <summary>What has our mark came in through a filter; what is ours alone has none.</summary>
    private IEnumerable<FrrBlock> Everything() =>
        [
            FrrBlock.Text($"route-map {Map} permit 40", " description all we know of the Internet"),
            Rule(PolicyRules.FullTable, $" match large-community {FrrPathLists.LearnedMark}"),
            FrrBlock.Text("exit"),
        ];

    private IEnumerable<FrrBlock> Attributes(string what)
    {
        var subject = session.Name + what;
        if (Neighbor.Prepend > 0)
        {
            var path = string.Join(' ', Enumerable.Repeat(document.Asn, Neighbor.Prepend));
            yield return FrrBlock.About(
                PolicyRules.Prepend,
                subject,
                $" set as-path prepend {path}"
            );
        }

        if (Neighbor.Med is { } med)
        {
            yield return FrrBlock.About(PolicyRules.Med, subject, $" set metric {med}");
        }

        var communities = Neighbor.Communities.ToLookup(IsLarge);
        if (communities[false].Any())
        {
            yield return FrrBlock.About(
                PolicyRules.Communities,
                subject,
                $" set community {string.Join(' ', communities[false].Select(FrrMarks.Word))} additive"
            );
        }

        if (communities[true].Any())
        {
            yield return FrrBlock.About(
                PolicyRules.Communities,
                $"{subject}, large",
                $" set large-community {string.Join(' ', communities[true])} additive"
            );
        }
    }

    private FrrBlock Rule(PolicyRule rule, params IEnumerable<string> lines) =>
        FrrBlock.About(rule, session.Name, lines);

    private static bool IsLarge(string community) => community.Count(c => c == ':') == 2;
}
