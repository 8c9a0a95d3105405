using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Sites as a whole: host names, and what belongs to which role.</summary>
internal static class SiteValidation
{
    public static void Validate(NetworkScope scope)
    {
        CheckHostNames(scope);
        foreach (var site in scope.Network.Sites)
        {
            CheckRole(scope, site);
            if (site.Role == Role.Edge)
            {
                CheckEdge(scope, site);
            }
        }
    }

    private static void CheckHostNames(NetworkScope scope)
    {
        var lines = new Dictionary<HostName, int>();
        foreach (var hostname in scope.Network.Sites.Select(site => site.Hostname))
        {
            if (!lines.TryAdd(hostname.Value, hostname.At.Span.Line))
            {
                scope.Add(
                    FindingCatalogue.HostNameTwice,
                    hostname.At,
                    $"{hostname} is already the host name in line {lines[hostname.Value]}"
                );
            }
            else if (!hostname.Value.IsQualified)
            {
                scope.Add(
                    FindingCatalogue.HostNameUnqualified,
                    hostname.At,
                    $"{hostname} has no domain",
                    $"write {hostname}.example.net with your own domain"
                );
            }
        }
    }

    private static void CheckRole(NetworkScope scope, Site site)
    {
        if (site.Role == Role.Downstream)
        {
            ReportAll(scope, site.Upstreams.Select(u => u.At), "a downstream speaks no BGP");
            ReportAll(
                scope,
                site.Loopbacks.Select(l => l.At),
                "a downstream has no loopback; its announced addresses go under \"addresses\""
            );
            ReportAll(scope, Optional(site.RouterId), "a downstream speaks no BGP");
            ReportAll(scope, Optional(site.Drain), "a downstream speaks no BGP");
            return;
        }

        const string Reason = "an edge holds no announced space of its own; it has a loopback";
        ReportAll(scope, site.Prefixes.Select(p => p.At), Reason);
        ReportAll(scope, site.Addresses.Select(a => a.At), Reason);
        ReportAll(scope, site.Jails.Select(j => j.At), "an edge runs no jails");
    }

    private static IEnumerable<SourceLocation> Optional<T>(Located<T>? value) =>
        value is null ? [] : [value.At];

    private static void ReportAll(
        NetworkScope scope,
        IEnumerable<SourceLocation> places,
        string reason
    )
    {
        foreach (var place in places)
        {
            scope.Add(FindingCatalogue.WrongRole, place, reason);
        }
    }

    private static void CheckEdge(NetworkScope scope, Site site)
    {
        if (Derivation.RouterId(site) is null && scope.IsReadable(site.At))
        {
            scope.Add(
                FindingCatalogue.NoRouterId,
                site.At,
                $"{site.Name} has no IPv4 address to take its BGP identifier from",
                "write router_id, any IPv4 address that no other router of the network uses"
            );
        }

        if (site.Upstreams.Count == 0 && scope.IsReadable(site, "upstreams"))
        {
            scope.Add(
                FindingCatalogue.NoUpstreams,
                site.At,
                $"edge {site.Name} has no upstreams and announces to nobody"
            );
        }
    }
}
