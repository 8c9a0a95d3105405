using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Static routes that the file adds to the derived ones.</summary>
internal static class RouteValidation
{
    public static void Validate(NetworkScope scope)
    {
        foreach (var site in scope.Network.Sites.Where(s => s.Routes.Count > 0))
        {
            var taken = DerivedRoutes(scope.Network, site);
            var onLink = OnLinkAddresses(scope.Network, site).ToList();
            foreach (var (address, fib) in onLink)
            {
                taken.TryAdd((address.Prefix, fib), "as the prefix of a link");
            }

            foreach (var route in site.Routes)
            {
                CheckGateway(scope, site, route, onLink);
                if (!taken.TryAdd((route.To.Value, route.Fib), $"in line {route.At.Span.Line}"))
                {
                    scope.Add(
                        FindingCatalogue.RouteTwice,
                        route.To.At,
                        $"a route to {route.To} in FIB {route.Fib} already stands {taken[(route.To.Value, route.Fib)]}"
                    );
                }
            }
        }
    }

    private static void CheckGateway(
        NetworkScope scope,
        Site site,
        StaticRoute route,
        List<(InterfaceAddress Address, int Fib)> onLink
    )
    {
        if (route.Via is not { } via)
        {
            return;
        }

        if (via.Value.Family != route.To.Value.Family)
        {
            scope.Add(
                FindingCatalogue.RouteFamily,
                via.At,
                $"{route.To} cannot be reached by way of {via}, an address of the other family"
            );
        }
        else if (
            !onLink.Any(o => o.Fib == route.Fib && OnLink.IsHost(o.Address, via.Value))
            && scope.IsReadable(site.At)
            && scope.IsReadable("$.links")
        )
        {
            scope.Add(
                FindingCatalogue.RouteOffLink,
                via.At,
                $"{via} is on no link of {site.Name} in FIB {route.Fib}"
            );
        }
    }

    private static Dictionary<(IpPrefix To, int Fib), string> DerivedRoutes(
        Network network,
        Site site
    )
    {
        var taken = new Dictionary<(IpPrefix, int), string>();
        if (site.Role == Role.Downstream)
        {
            taken[(IpPrefix.Parse("::/0"), Derivation.AnnouncedFib)] = "by way of its link";
            foreach (var prefix in site.Prefixes)
            {
                taken[(prefix.Value, Derivation.AnnouncedFib)] = "as the site's own prefix";
            }

            return taken;
        }

        foreach (var prefix in network.Prefixes)
        {
            taken[(prefix.Value, 0)] = "as the aggregate's blackhole";
        }

        foreach (var prefix in network.Sites.SelectMany(s => s.Prefixes))
        {
            taken[(prefix.Value, 0)] = "by way of a link";
        }

        return taken;
    }

    private static IEnumerable<(InterfaceAddress Address, int Fib)> OnLinkAddresses(
        Network network,
        Site site
    )
    {
        foreach (var item in site.Interfaces)
        {
            foreach (var address in new[] { item.Ipv4, item.Ipv6 })
            {
                if (address is not null)
                {
                    yield return (address.Value, 0);
                }
            }
        }

        foreach (var tunnel in site.Upstreams.Select(u => u.Over).OfType<UpstreamPath.Tunnel>())
        {
            yield return (tunnel.Address.Value, 0);
        }

        var fib = site.Role == Role.Downstream ? Derivation.AnnouncedFib : 0;
        foreach (var link in network.Links.Where(link => link.Joins(site.Name)))
        {
            if (
                network.LinkPrefix is { } prefix
                && (UInt128)link.Number.Value <= LinkAddresses.HighestNumber(prefix.Value)
            )
            {
                var (first, second) = LinkAddresses.Of(prefix.Value, link.Number.Value);
                yield return (link.First.Value == site.Name ? first : second, fib);
            }
        }
    }
}
