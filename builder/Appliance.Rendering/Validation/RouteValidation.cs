using Appliance.Rendering.Documents;
using Appliance.Rendering.Network;
using static Appliance.Rendering.Validation.FieldChecks;

namespace Appliance.Rendering.Validation;

/// <summary>Static routes.</summary>
internal static class RouteValidation
{
    /// <summary>Names that rc.conf(5) and this program give to routes of their own.</summary>
    private static readonly string[] OwnNames = ["gateway4", "gateway6", "blackhole_", "_"];

    public static void Check(SiteDocument document)
    {
        RequireUnique("$.routes", document.Routes.Select(route => route.Name));
        RequireUnique(
            "$.routes",
            document
                .Routes.Where(route => route.Destination == "default")
                .Select(route => $"default route of {route.Family} in FIB {route.Fib}")
        );
        for (var index = 0; index < document.Routes.Count; index++)
        {
            CheckRoute($"$.routes[{index}]", document.Routes[index], document);
        }
    }

    private static void CheckRoute(string where, RouteDocument route, SiteDocument document)
    {
        Require($"{where}.name", route.Name, Grammar.IsWord, "a name (letters, digits, '_')");
        RequireThat(
            $"{where}.name",
            !OwnNames.Any(name => route.Name.StartsWith(name, StringComparison.Ordinal)),
            "names that begin with 'gateway4', 'gateway6', 'blackhole_' or '_' are taken"
        );
        if (route.Destination != "default")
        {
            Require(
                $"{where}.destination",
                route.Destination,
                text => Grammar.IsPrefix(text) && Addresses.IsIpv6(text) == IsIpv6(route),
                $"a prefix of family {route.Family} without host bits, or 'default'"
            );
        }

        RequireIfPresent(
            $"{where}.via",
            route.Via,
            text => Grammar.IsAddress(text) && Addresses.IsIpv6(text) == IsIpv6(route),
            $"an address of family {route.Family}"
        );
        RequireThat(
            where,
            route.Via is null == route.Blackhole,
            "exactly one of via and blackhole is needed"
        );
        RequireRange($"{where}.fib", route.Fib, 0, document.System.Fibs - 1);
        RequireThat(
            where,
            !IsSecondDefault(route, document),
            "FIB 0 has its default from a gateway already"
        );
    }

    private static bool IsSecondDefault(RouteDocument route, SiteDocument document) =>
        route is { Destination: "default", Fib: 0 }
        && document.Interfaces.Any(item =>
            (IsIpv6(route) ? item.Gateway6 : item.Gateway4) is not null
        );

    private static bool IsIpv6(RouteDocument route) => route.Family == AddressFamily.Ipv6;
}
