using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Each site's way to the Internet in FIB 0.</summary>
internal static class DefaultRouteValidation
{
    public static void Validate(NetworkScope scope)
    {
        foreach (var site in scope.Network.Sites)
        {
            CheckNone(scope, site);
            CheckTwo(scope, site, IpFamily.Ipv4);
            CheckTwo(scope, site, IpFamily.Ipv6);
        }
    }

    private static void CheckNone(NetworkScope scope, Site site)
    {
        var hasOne = Defaults(site, IpFamily.Ipv4).Concat(Defaults(site, IpFamily.Ipv6)).Any();
        if (!hasOne && scope.IsReadable(site, "interfaces") && scope.IsReadable(site, "routes"))
        {
            scope.Add(
                FindingCatalogue.NoDefaultRoute,
                site.At,
                $"{site.Name} has no default route",
                "give one of its interfaces a gateway4 or gateway6"
            );
        }
    }

    private static void CheckTwo(NetworkScope scope, Site site, IpFamily family)
    {
        var defaults = Defaults(site, family).ToList();
        foreach (var at in defaults.Skip(1))
        {
            scope.Add(
                FindingCatalogue.TwoDefaultRoutes,
                at,
                $"{site.Name} already has a default route of this family in line {defaults[0].Span.Line}"
            );
        }
    }

    /// <summary>Where static default routes of a family stand.</summary>
    public static IEnumerable<SourceLocation> Defaults(Site site, IpFamily family) =>
        site
            .Interfaces.Select(i => family == IpFamily.Ipv4 ? i.Gateway4 : i.Gateway6)
            .OfType<Located<IpAddress>>()
            .Select(gateway => gateway.At)
            .Concat(
                site.Routes.Where(r =>
                        r.Fib == 0 && r.To.Value.Length == 0 && r.To.Value.Family == family
                    )
                    .Select(r => r.To.At)
            );
}
