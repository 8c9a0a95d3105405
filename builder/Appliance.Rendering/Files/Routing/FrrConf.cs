using Appliance.Rendering.Documents;
using Appliance.Rendering.Policies;
using Appliance.Rendering.Templates;
using Appliance.Rendering.Views;

namespace Appliance.Rendering.Files.Routing;

/// <summary>The parts of frr.conf in their order.</summary>
internal sealed class FrrConf
{
    private readonly Site site;

    public FrrConf(Site site)
    {
        this.site = site;
        Sections = [.. Compose(site, site.Document.Bgp!)];
    }

    public IReadOnlyList<FrrSection> Sections { get; }

    public IEnumerable<RenderedRule> Rules() =>
        Sections
            .SelectMany(section => section.Blocks)
            .Where(block => block.Rule is not null)
            .Select(block => new RenderedRule(
                block.Rule!,
                block.Subject,
                block.Lines,
                block.Instead
            ));

    /// <summary>The whole file, with some rules taken out of it.</summary>
    public string Text(IReadOnlyCollection<string> without) =>
        TemplateEngine.Render(
            "frr.conf.sbn",
            new FrrConfView(
                site.Document.Site,
                [.. Sections.Select(section => View(section, without))]
            ),
            ViewJsonContext.Default.FrrConfView
        );

    private static FrrSectionView View(FrrSection section, IReadOnlyCollection<string> without) =>
        new(
            section.Title,
            [
                .. section.Blocks.SelectMany(block =>
                    block.Rule is { } rule
                    && without.Contains(new RenderedRule(rule, block.Subject, [], []).Name)
                        ? block.Instead
                        : block.Lines
                ),
            ]
        );

    private static IEnumerable<FrrSection> Compose(Site site, BgpDocument bgp)
    {
        var sessions = bgp.Neighbors.Select(neighbor => new FrrSession(site, neighbor)).ToList();
        var families = Families(site, sessions);
        IEnumerable<FrrSection> policy = families.SelectMany(lists =>
            Policy(site.Document, lists, sessions)
        );
        return
        [
            General(site.Document),
            FrrPathLists.Paths(site.Document, sessions),
            FrrPathLists.Communities(site.Document, sessions),
            .. sessions.Exists(session => session.TakesRequests)
                ? [FrrFilter.Paths()]
                : Array.Empty<FrrSection>(),
            .. policy,
            FrrStaticRoutes.Section(site, sessions),
            .. FrrBfd.Sections(bgp),
            .. FrrRpki.Sections(site.Document.System.FrrVersion, bgp.RpkiCaches, site.Secrets),
            new FrrRouter(site, bgp, sessions, families).Section(),
        ];
    }

    private static FrrSection General(SiteDocument document) =>
        new(
            "This router",
            [
                FrrBlock.Text(
                    "! \"traditional\" keeps the timers of the RFCs; \"datacenter\" would tear sessions across the Internet down",
                    "! after nine seconds, and resolve next hops through the default route.",
                    "frr defaults traditional",
                    $"hostname {document.Hostname.Split('.')[0]}",
                    "log syslog informational",
                    "service integrated-vtysh-config"
                ),
            ]
        );

    /// <summary>The families that a prefix or a neighbor of the site has.</summary>
    private static List<FrrPrefixLists> Families(Site site, IReadOnlyList<FrrSession> sessions) =>
        [
            .. new[] { FrrFamily.Ipv4, FrrFamily.Ipv6 }
                .Where(family =>
                    site.Document.Prefixes.Any(family.Has)
                    || sessions.Any(session => session.Family == family)
                )
                .Select(family => new FrrPrefixLists(
                    site,
                    family,
                    [.. sessions.Where(session => session.Family == family)]
                )),
        ];

    private static IEnumerable<FrrSection> Policy(
        SiteDocument document,
        FrrPrefixLists lists,
        IReadOnlyList<FrrSession> sessions
    )
    {
        var filter = new FrrFilter(lists, document.Bgp!.RpkiCaches.Count > 0);
        var own = sessions.Where(session => session.Family == lists.Family).ToList();
        yield return lists.Section();
        yield return filter.Section();
        foreach (var session in own)
        {
            yield return new FrrSection(
                $"{session.Name}, AS{session.Neighbor.Asn}: {Describe(session.Neighbor)}",
                [
                    .. new FrrImport(document, session, lists, filter.Map).Blocks(),
                    .. new FrrExport(document, session, lists).Blocks(),
                ]
            );
        }
    }

    private static string Describe(NeighborDocument neighbor) =>
        neighbor.Role switch
        {
            NeighborRole.Transit => "transit",
            NeighborRole.Peer => "peer",
            NeighborRole.RouteServer => "route server",
            NeighborRole.Customer => "customer",
        };
}
