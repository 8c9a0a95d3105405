using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>How links join the sites: each downstream to one edge, each edge to every downstream.</summary>
internal static class TopologyValidation
{
    private const int MostNames = 5;

    public static void Validate(NetworkScope scope)
    {
        if (!scope.IsReadable("$.links"))
        {
            return;
        }

        var links = SitePaths.LinksBySite(scope.Network);
        foreach (var site in scope.Network.Sites)
        {
            var own = links.GetValueOrDefault(site.Name) ?? [];
            if (site.Role == Role.Downstream)
            {
                CheckDownstream(scope, site, own);
            }
            else
            {
                CheckEdge(scope, site, links);
            }
        }
    }

    private static void CheckDownstream(NetworkScope scope, Site site, List<Link> links)
    {
        if (links.Count == 0)
        {
            scope.Add(
                FindingCatalogue.NoLink,
                site.At,
                $"{site.Name} has no link, so FIB 1 has no default route",
                $"links: [{{kind: gif, between: [<edge>, {site.Name}]}}]"
            );
        }

        var toEdges = links.Where(link => LeadsToEdge(scope, link, site)).ToList();
        foreach (var link in toEdges.Skip(1))
        {
            scope.Add(
                FindingCatalogue.SeveralLinks,
                EndOf(link, site).At,
                $"{site.Name} already has a link in line {toEdges[0].At.Span.Line}; FIB 1 has one default route"
            );
        }
    }

    // Every edge announces the aggregate, so traffic for every downstream may come in at every edge.
    private static void CheckEdge(
        NetworkScope scope,
        Site edge,
        Dictionary<EntryName, List<Link>> links
    )
    {
        var reached = SitePaths.FirstLinks(scope.FindSite, links, edge);
        var missing = scope
            .Network.Sites.Where(s =>
                s.Role == Role.Downstream
                && s.Prefixes.Count > 0
                && (links.GetValueOrDefault(s.Name) ?? []).Any(l => LeadsToEdge(scope, l, s))
                && !reached.ContainsKey(s.Name)
            )
            .Select(s => s.Name.Text)
            .ToList();
        if (missing.Count > 0)
        {
            var names = string.Join(", ", missing.Take(MostNames));
            var more = missing.Count > MostNames ? $" and {missing.Count - MostNames} more" : "";
            scope.Add(
                FindingCatalogue.DownstreamUnreachable,
                edge.At,
                $"{edge.Name} announces space of {names}{more} but has no path of links there",
                "link the edges with each other"
            );
        }
    }

    private static bool LeadsToEdge(NetworkScope scope, Link link, Site from) =>
        scope.FindSite(link.FarEnd(from.Name)) is { Role: Role.Edge };

    private static Located<EntryName> EndOf(Link link, Site site) =>
        link.First.Value == site.Name ? link.First : link.Second;
}
