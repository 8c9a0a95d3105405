using Appliance.Model.Networks;
using Appliance.Model.Values;

namespace Appliance.Model.Derived;

/// <summary>The static routes of one site; their names are unique and words of rc.conf.</summary>
internal sealed class RouteDerivation(
    Network network,
    Site site,
    IReadOnlyList<DerivedTunnel> tunnels
)
{
    private static readonly IpPrefix Ipv6Default = IpPrefix.Parse("::/0");

    public List<DerivedRoute> All() =>
        [
            .. site.Role == Role.Edge ? Aggregates().Concat(ToOtherSites()) : OfDownstream(),
            .. FromFile(),
        ];

    // Unassigned space is dropped here instead of going back to the upstream by its default route.
    private IEnumerable<DerivedRoute> Aggregates() =>
        network.Prefixes.Select(
            (prefix, i) =>
                new DerivedRoute
                {
                    Name = $"aggregate{i + 1}",
                    Destination = prefix.Value,
                    Fib = 0,
                }
        );

    private IEnumerable<DerivedRoute> ToOtherSites()
    {
        var first = SitePaths.FirstLinks(network.FindSite, SitePaths.LinksBySite(network), site);
        foreach (var other in network.Sites.Where(other => first.ContainsKey(other.Name)))
        {
            var via = FarInner(first[other.Name]);
            var word = Word(other.Name);
            for (var i = 0; i < other.Prefixes.Count; i++)
            {
                yield return Through(via, $"{word}_{i + 1}", other.Prefixes[i].Value);
            }

            // Tunnels carry IPv6 only.
            var loopbacks = other.Loopbacks.Select(l => l.Value).Where(l => l.IsIpv6).ToList();
            for (var i = 0; i < loopbacks.Count; i++)
            {
                yield return Through(via, $"{word}_lo{i + 1}", new IpPrefix(loopbacks[i], 128));
            }
        }
    }

    // What nothing holds of a downstream's own prefixes must not go back through its default route.
    private IEnumerable<DerivedRoute> OfDownstream()
    {
        if (tunnels.Count > 0)
        {
            yield return new DerivedRoute
            {
                Name = "default_fib1",
                Destination = Ipv6Default,
                Via = tunnels[0].InnerRemote,
                Fib = Derivation.AnnouncedFib,
            };
        }

        for (var i = 0; i < site.Prefixes.Count; i++)
        {
            yield return new DerivedRoute
            {
                Name = $"own{i + 1}",
                Destination = site.Prefixes[i].Value,
                Fib = Derivation.AnnouncedFib,
            };
        }
    }

    private IEnumerable<DerivedRoute> FromFile() =>
        site.Routes.Select(
            (route, i) =>
                new DerivedRoute
                {
                    Name = $"route{i + 1}",
                    Destination = route.To.Value,
                    Via = route.Via?.Value,
                    Fib = route.Fib,
                }
        );

    private IpAddress FarInner(Link link)
    {
        var (first, second) = LinkAddresses.Of(network.LinkPrefix!.Value, link.Number.Value);
        return (link.First.Value == site.Name ? second : first).Address;
    }

    private static DerivedRoute Through(IpAddress via, string name, IpPrefix destination) =>
        new()
        {
            Name = name,
            Destination = destination,
            Via = via,
            Fib = 0,
        };

    // rc.conf and its templates have routes "gateway4", "gateway6" and "blackhole_…" of their own.
    private static string Word(EntryName name)
    {
        var word = name.Text.Replace('-', '_');
        return
            word.StartsWith("gateway", StringComparison.Ordinal)
            || word.StartsWith("blackhole", StringComparison.Ordinal)
            ? $"site_{word}"
            : word;
    }
}
