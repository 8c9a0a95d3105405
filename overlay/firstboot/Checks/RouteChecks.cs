using System.Globalization;
using System.Net;
using Appliance.FirstBoot.Kernel;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Checks;

/// <summary>Every static route in its FIB and in no other, and no default route that nobody asked for.</summary>
internal static class RouteChecks
{
    public static void Add(CheckList list, Expectation expected, KernelSnapshot kernel)
    {
        var wanted = Wanted(expected.Document);
        foreach (var route in wanted)
        {
            AddRoute(list, route, kernel);
            AddAbsence(list, route, wanted, kernel);
        }

        AddDefaults(list, expected.Document, wanted, kernel);
    }

    /// <summary>Gateways of interfaces, routes of the document, and the aggregates that an edge blackholes.</summary>
    private static List<WantedRoute> Wanted(SiteDocument document)
    {
        var wanted = new List<WantedRoute>();
        foreach (var item in document.Interfaces)
        {
            AddGateway(wanted, "0.0.0.0/0", item.Gateway4);
            AddGateway(wanted, "::/0", item.Gateway6);
        }

        wanted.AddRange(document.Routes.Select(FromDocument));
        if (document.Role == SiteRole.Edge)
        {
            wanted.AddRange(
                document
                    .Prefixes.Select(prefix => new WantedRoute(0, Cidr.Parse(prefix), null))
                    .Where(route => !wanted.Exists(other => other.IsSamePlace(route)))
            );
        }

        return wanted;
    }

    private static void AddGateway(List<WantedRoute> wanted, string destination, string? gateway)
    {
        if (gateway is not null)
        {
            wanted.Add(new WantedRoute(0, Cidr.Parse(destination), gateway));
        }
    }

    private static WantedRoute FromDocument(RouteDocument route)
    {
        var anywhere = route.Family == AddressFamily.Ipv6 ? "::/0" : "0.0.0.0/0";
        var destination = route.Destination == "default" ? anywhere : route.Destination;
        return new WantedRoute(route.Fib, Cidr.Parse(destination), route.Via);
    }

    private static void AddRoute(CheckList list, WantedRoute route, KernelSnapshot kernel)
    {
        var entry = Find(kernel, route.Fib, route.Destination);
        var passed = entry switch
        {
            null => false,
            _ when route.Via is null => entry.IsBlackhole,
            _ => !entry.IsBlackhole && IsSameAddress(entry.Gateway, route.Via),
        };
        list.Add(
            Name(route.Fib, route.Destination),
            passed,
            route.Via is null ? "blackhole" : $"via {route.Via}",
            entry?.ToString()
        );
    }

    /// <summary>A route that also stands in a FIB where it was not asked for leaks traffic between the two.</summary>
    private static void AddAbsence(
        CheckList list,
        WantedRoute route,
        List<WantedRoute> wanted,
        KernelSnapshot kernel
    )
    {
        for (var fib = 0; fib < kernel.Routes.Count; fib++)
        {
            var elsewhere = route with { Fib = fib };
            if (route.Destination.Length > 0 && !wanted.Exists(item => item.IsSamePlace(elsewhere)))
            {
                var entry = Find(kernel, fib, route.Destination);
                list.Add(
                    Name(fib, route.Destination),
                    entry is null,
                    CheckList.Missing,
                    entry?.ToString()
                );
            }
        }
    }

    /// <summary>A FIB without a default route of the document has none at all.</summary>
    private static void AddDefaults(
        CheckList list,
        SiteDocument document,
        List<WantedRoute> wanted,
        KernelSnapshot kernel
    )
    {
        foreach (var destination in new[] { Cidr.Parse("0.0.0.0/0"), Cidr.Parse("::/0") })
        {
            for (var fib = 0; fib < document.System.Fibs; fib++)
            {
                var place = new WantedRoute(fib, destination, null);
                if (IsLearned(document, fib) || wanted.Exists(item => item.IsSamePlace(place)))
                {
                    continue;
                }

                var entry = Find(kernel, fib, destination);
                list.Add(
                    Name(fib, destination),
                    entry is null,
                    CheckList.Missing,
                    entry?.ToString()
                );
            }
        }
    }

    /// <summary>BGP and DHCP may bring a default route into FIB 0.</summary>
    private static bool IsLearned(SiteDocument document, int fib) =>
        fib == 0
        && (
            document.Bgp is not null
            || document.Interfaces.Any(item => item.UsesDhcp() || item.RouterAdvertisements == true)
        );

    private static RouteEntry? Find(KernelSnapshot kernel, int fib, Cidr destination) =>
        kernel
            .Routes.ElementAtOrDefault(fib)
            ?.FirstOrDefault(item => item.Destination == destination);

    private static string Name(int fib, Cidr destination) =>
        string.Create(CultureInfo.InvariantCulture, $"route.fib{fib}.{destination}");

    private static bool IsSameAddress(string one, string other) =>
        IPAddress.TryParse(one.Split('%', 2)[0], out var first)
        && IPAddress.TryParse(other.Split('%', 2)[0], out var second)
        && first.Equals(second);

    /// <summary>A route without a gateway drops what it catches.</summary>
    private sealed record WantedRoute(int Fib, Cidr Destination, string? Via)
    {
        public bool IsSamePlace(WantedRoute other) =>
            Fib == other.Fib && Destination == other.Destination;
    }
}
