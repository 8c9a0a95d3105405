using System.Globalization;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;

namespace Appliance.Rendering.Files.RcConf;

/// <summary>Default routes, static routes and the kernel's own blackholes.</summary>
internal static class RcRoutes
{
    public static void Add(Site site, SettingGroups groups)
    {
        groups.AddQuoted("Default routes", Defaults(site));
        var routes = Gateways(site).Concat(Blackholes(site)).Concat(Named(site)).ToList();
        AddStatic(
            groups,
            [.. routes.Where(route => !route.Ipv6)],
            "IPv4",
            "static_routes",
            "route_"
        );
        AddStatic(
            groups,
            [.. routes.Where(route => route.Ipv6)],
            "IPv6",
            "ipv6_static_routes",
            "ipv6_route_"
        );
        groups.AddQuoted(
            "Forwarding",
            ("gateway_enable", YesNo(SiteForwarding.Ipv4(site.Document))),
            ("ipv6_gateway_enable", YesNo(site.Forwards)),
            ("icmp_drop_redirect", "YES")
        );
    }

    private static string YesNo(bool condition) => condition ? "YES" : "NO";

    private static void AddStatic(
        SettingGroups groups,
        IReadOnlyList<Route> routes,
        string family,
        string listName,
        string routePrefix
    )
    {
        if (routes.Count == 0)
        {
            return;
        }

        List<(string, string?)> settings =
        [
            (listName, string.Join(' ', routes.Select(route => route.Name))),
            .. routes.Select(route => (routePrefix + route.Name, (string?)route.Arguments)),
        ];
        groups.AddQuoted($"Static routes, {family}", settings);
    }

    private static IEnumerable<(string, string?)> Defaults(Site site)
    {
        foreach (var item in site.Document.Interfaces)
        {
            yield return ("defaultrouter", item.Gateway4);
            // A link-local gateway means nothing without its link.
            yield return (
                "ipv6_defaultrouter",
                item.Gateway6 is { } gateway && Addresses.IsLinkLocal(gateway)
                    ? $"{gateway}%{site.DeviceOf(item)}"
                    : item.Gateway6
            );
        }

        foreach (var route in site.Document.Routes.Where(IsDefaultWithGateway))
        {
            var name = route.Family == AddressFamily.Ipv6 ? "ipv6_defaultrouter" : "defaultrouter";
            yield return (
                route.Fib == 0
                    ? name
                    : string.Create(CultureInfo.InvariantCulture, $"{name}_fib{route.Fib}"),
                route.Via
            );
        }
    }

    // Some providers hand out a gateway outside the interface's own prefix: it needs a route of its own.
    private static IEnumerable<Route> Gateways(Site site)
    {
        foreach (var item in site.Document.Interfaces)
        {
            var device = site.DeviceOf(item);
            if (IsOffLink(item.Gateway4, item.Ipv4))
            {
                yield return new Route("gateway4", $"-host {item.Gateway4} -iface {device}", false);
            }

            if (IsOffLink(item.Gateway6, item.Ipv6))
            {
                yield return new Route(
                    "gateway6",
                    $"{item.Gateway6} -prefixlen 128 -iface {device}",
                    true
                );
            }
        }
    }

    private static bool IsOffLink(string? gateway, string? address) =>
        gateway is not null
        && address is not null
        && !Addresses.IsLinkLocal(gateway)
        && !Addresses.Overlap(Addresses.NetworkOf(address), Addresses.HostPrefix(gateway));

    /// <summary>
    /// Space that is ours and that no longer route covers ends here, unless the document says where it
    /// goes. Without this, packets to an unassigned address would follow the default route back.
    /// </summary>
    private static IEnumerable<Route> Blackholes(Site site)
    {
        var (prefixes, fib) = site.Document.Announced is { } announced
            ? (announced.Prefixes, 1)
            : (site.Document.Role == SiteRole.Edge ? site.Document.Prefixes : [], 0);
        return prefixes
            .Where(prefix =>
                !site.Document.Routes.Any(route => route.Destination == prefix && route.Fib == fib)
            )
            .Select((prefix, index) => Blackhole($"blackhole_{index + 1}", prefix, fib));
    }

    private static IEnumerable<Route> Named(Site site) =>
        site.Document.Routes.Where(route => !IsDefaultWithGateway(route)).Select(NamedRoute);

    private static bool IsDefaultWithGateway(RouteDocument route) =>
        route is { Destination: "default", Blackhole: false };

    private static Route NamedRoute(RouteDocument route)
    {
        if (route.Blackhole)
        {
            return Blackhole(route.Name, route.Destination, route.Fib) with
            {
                Ipv6 = route.Family == AddressFamily.Ipv6,
            };
        }

        var ipv6 = Addresses.IsIpv6(route.Destination);
        return new Route(
            route.Name,
            $"{Destination(route.Destination, ipv6)} {route.Via}{Fib(route.Fib)}",
            ipv6
        );
    }

    private static Route Blackhole(string name, string destination, int fib)
    {
        var ipv6 = Addresses.IsIpv6(destination);
        return new Route(name, $"{Destination(destination, ipv6)} -blackhole{Fib(fib)}", ipv6);
    }

    private static string Destination(string destination, bool ipv6) =>
        ipv6 || destination == "default" ? destination : $"-net {destination}";

    private static string Fib(int fib) =>
        fib == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" -fib {fib}");

    /// <param name="Name">Word in the route list.</param>
    /// <param name="Arguments">What route(8) add gets.</param>
    /// <param name="Ipv6">Which of the two lists.</param>
    private sealed record Route(string Name, string Arguments, bool Ipv6);
}
