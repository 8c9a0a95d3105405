using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>What is taken from neighbors, and whether packets find their way with it.</summary>
internal static class ImportValidation
{
    public static void Validate(NetworkScope scope)
    {
        foreach (var site in scope.Network.Sites.Where(site => site.Upstreams.Count > 0))
        {
            CheckFamily(scope, site, IpFamily.Ipv4);
            CheckFamily(scope, site, IpFamily.Ipv6);
        }

        CheckCaches(scope);
    }

    private static void CheckFamily(NetworkScope scope, Site site, IpFamily family)
    {
        var sessions = site
            .Upstreams.Where(u =>
                u.Neighbor.Value.Family == family && u.Role.Value != UpstreamRole.Customer
            )
            .ToList();
        var statics = DefaultRouteValidation.Defaults(site, family).ToList();
        foreach (var upstream in sessions.Where(u => u.TakesDefault && statics.Count > 0))
        {
            scope.Add(
                FindingCatalogue.StaticDefaultWins,
                upstream.Import.At,
                $"the default route of {upstream.Name} is never used: line {statics[0].Span.Line} has a static one",
                "import: nothing, or full, or remove the static one"
            );
        }

        var isAnnounced = scope.Network.Prefixes.Any(p => p.Value.Family == family);
        if (
            sessions.Count > 0
            && isAnnounced
            && statics.Count == 0
            && sessions.TrueForAll(u => u.Import.Value == UpstreamImport.Nothing)
            && scope.IsReadable(site, "interfaces")
            && scope.IsReadable(site, "upstreams")
        )
        {
            scope.Add(
                FindingCatalogue.NoWayOut,
                sessions[0].Import.At,
                $"{site.Name} takes no {Words.For(family)} route from anybody and has no static default",
                $"give an interface a gateway{Words.Digit(family)}, or take a default from an upstream"
            );
        }
    }

    private static void CheckCaches(NetworkScope scope)
    {
        var taking = scope
            .Network.Sites.SelectMany(site => site.Upstreams)
            .FirstOrDefault(upstream => upstream.TakesRoutes);
        if (taking is not null && scope.Network.RpkiCaches.Count == 0 && scope.IsReadable("$.rpki"))
        {
            scope.Add(
                FindingCatalogue.NoValidation,
                taking.At,
                $"routes of {taking.Name} are taken, and there is no RPKI cache",
                "rpki: {caches: [{host: rtr.example.net}]}"
            );
        }
    }
}
