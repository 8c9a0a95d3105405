using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Files.Routing;

/// <summary>What is taken from one neighbor, and how it is treated.</summary>
internal sealed class FrrImport(
    SiteDocument document,
    FrrSession session,
    FrrPrefixLists lists,
    string filterMap
)
{
    private FrrFamily Family => session.Family;

    public IEnumerable<FrrBlock> Blocks()
    {
        if (session.Neighbor.Import == ImportMode.Nothing)
        {
            return [FrrBlock.Text($"! Nothing is taken from {session.Name}."), Nothing()];
        }

        return
        [
            FrrBlock.Text(
                $"! What we take from {session.Name}.",
                Family.PrefixList(session.NextHops, 5, $"permit {session.NextHopPrefix}")
            ),
            .. session.TakesRequests ? Requests() : [],
            OwnCommunities(),
            .. Lock(),
            .. session.TakesDefault ? Default() : [],
            .. session.TakesRoutes ? Routes() : [],
            End(),
        ];
    }

    private FrrBlock Nothing() =>
        Rule(PolicyRules.ImportNothing, $"route-map {session.ImportMap} deny 1000", "exit") with
        {
            Instead = [$"route-map {session.ImportMap} permit 1000", "exit"],
        };

    /// <summary>
    /// What a customer has dropped is no route, so the filter, which refuses it for its length, is not asked, and neither is
    /// RPKI: a ROA ends at what is announced to the Internet.
    /// </summary>
    private IEnumerable<FrrBlock> Requests()
    {
        return
        [
            FrrBlock.Text(
                $"! What {session.Name} asks us to drop (RFC 7999): parts of its own space. {Told}",
                $"route-map {session.ImportMap} permit 5",
                " description what the customer wants dropped"
            ),
            Rule(PolicyRules.RequestSpace, Family.MatchPrefixes(session.RequestSpace)),
            Rule(PolicyRules.RequestTagged, $" match community {FrrPathLists.Requests}"),
            Rule(PolicyRules.RequestPath, $" call {FrrFilter.PathMap}"),
            Rule(
                PolicyRules.RequestDropped,
                Family.IsIpv6
                    ?
                    [
                        $" set ipv6 next-hop global {Family.Discard}",
                        // Beside a link-local one a global next hop does not count otherwise.
                        " set ipv6 next-hop prefer-global",
                    ]
                    : [$" set ip next-hop {Family.Discard}"]
            ),
            FrrBlock.About(
                PolicyRules.LocalPreference,
                $"{session.Name} to drop",
                $" set local-preference {session.LocalPreference}"
            ),
            Rule(PolicyRules.RequestMarked, RequestMarks()),
            FrrBlock.Text("exit"),
        ];
    }

    private string Told =>
        lists.PassesRequests
            ? "Neighbors with a community for it are told, nobody else."
            : "Nobody is told.";

    /// <summary>
    /// All that the customer wrote is taken off. What has BLACKHOLE on it bgpd tells no other AS, so where a neighbor is to be
    /// told it comes off, too; the export maps know such a route by our mark.
    /// </summary>
    private IEnumerable<string> RequestMarks() =>
        [
            $" set community {(lists.PassesRequests ? "none" : $"{FrrMarks.Word(FrrMarks.Blackhole)} no-advertise")}",
            $" set large-community {FrrMarks.Neighbor(document.Asn, session.Neighbor.Asn)} {FrrMarks.Request(document.Asn)}",
        ];

    private FrrBlock OwnCommunities()
    {
        string[] standard =
            document.Asn <= ushort.MaxValue
                ? [$" set comm-list {FrrPathLists.OurMarks} delete"]
                : [];
        return Rule(
            PolicyRules.OwnCommunities,
            [
                $"route-map {session.ImportMap} permit 10",
                $" description {PolicyRules.OwnCommunities.Id}",
                .. standard,
                $" set large-comm-list {FrrPathLists.OurMarks} delete",
                " on-match next",
                "exit",
            ]
        );
    }

    private IEnumerable<FrrBlock> Lock()
    {
        if (session.IsLocked)
        {
            yield return Rule(
                PolicyRules.PeerLock,
                $"route-map {session.ImportMap} deny 20",
                $" description {PolicyRules.PeerLock.Id}",
                $" match as-path {FrrPathLists.LockOf(session)}",
                "exit"
            );
        }
    }

    private IEnumerable<FrrBlock> Default() =>
        [
            FrrBlock.Text(
                $"route-map {session.ImportMap} permit 30",
                " description the default route",
                Family.MatchPrefixes(lists.Default)
            ),
            .. Treatment(" of the default route"),
        ];

    private IEnumerable<FrrBlock> Routes() =>
        [
            FrrBlock.Text($"route-map {session.ImportMap} permit 100", $" call {filterMap}"),
            .. session.IsCustomer
                ? [Rule(PolicyRules.CustomerSpace, Family.MatchPrefixes(session.CustomerSpace))]
                : Array.Empty<FrrBlock>(),
            .. Treatment(""),
        ];

    /// <summary>What both kinds of routes have in common, and the end of the clause.</summary>
    private IEnumerable<FrrBlock> Treatment(string what)
    {
        var subject = session.Name + what;
        return
        [
            FrrBlock.About(
                PolicyRules.NextHop,
                subject,
                $" match {Family.Keyword} next-hop prefix-list {session.NextHops}"
            ),
            FrrBlock.About(
                PolicyRules.LocalPreference,
                subject,
                $" set local-preference {session.LocalPreference}"
            ),
            FrrBlock.About(
                PolicyRules.LearnedFrom,
                subject,
                $" set large-community {FrrMarks.Role(document.Asn, session.Neighbor.Role)} {FrrMarks.Neighbor(document.Asn, session.Neighbor.Asn)} additive"
            ),
            FrrBlock.Text("exit"),
        ];
    }

    /// <summary>
    /// For a session of a default route alone, the end is what keeps the other routes out. FRR ends a map so by itself:
    /// what the line keeps away is seen with an end that lets through.
    /// </summary>
    private FrrBlock End()
    {
        var rule = session.TakesRoutes ? PolicyRules.ImportEnd : PolicyRules.DefaultOnly;
        return Rule(rule, $"route-map {session.ImportMap} deny 1000", "exit") with
        {
            Instead = [$"route-map {session.ImportMap} permit 1000", "exit"],
        };
    }

    private FrrBlock Rule(PolicyRule rule, params IEnumerable<string> lines) =>
        FrrBlock.About(rule, session.Name, lines);
}
