using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Parts of our space, and of customers', that are dropped.</summary>
internal static class BlackholeValidation
{
    public static void Validate(NetworkScope scope)
    {
        var seen = new Dictionary<IpPrefix, int>();
        foreach (var blackhole in scope.Network.Blackholes)
        {
            CheckSpace(scope, blackhole);
            CheckHeard(scope, blackhole);
            if (!seen.TryAdd(blackhole.Value, blackhole.At.Span.Line))
            {
                scope.Add(
                    FindingCatalogue.PrefixTwice,
                    blackhole.At,
                    $"{blackhole} already stands in line {seen[blackhole.Value]}"
                );
            }
        }

        foreach (var upstream in scope.Network.Sites.SelectMany(site => site.Upstreams))
        {
            if (upstream is { Role.Value: UpstreamRole.Customer, AcceptBlackholes: { } requests })
            {
                CheckRequests(scope, upstream, requests);
            }
        }
    }

    /// <summary>What a customer may have dropped, and by whom.</summary>
    private static void CheckRequests(
        NetworkScope scope,
        Upstream customer,
        Located<BlackholeRequests> requests
    )
    {
        var family = customer.Neighbor.Value.Family;
        var (longest, host) = (AnnouncementValidation.Longest(family), IpAddress.WidthOf(family));
        if (
            requests.Value.Shortest is { } shortest
            && (shortest.Value <= longest || shortest.Value > host)
        )
        {
            scope.Add(
                FindingCatalogue.BlackholeRequestLength,
                shortest.At,
                $"{Words.For(family)} blackholes have lengths from /{longest + 1} to /{host}, not /{shortest}",
                $"{host} for single addresses, which \"accept_blackholes: true\" says as well"
            );
        }

        if (!IsHeard(scope, family) && scope.IsReadable("$.sites"))
        {
            scope.Add(
                FindingCatalogue.BlackholeUnheard,
                requests.At,
                $"no {Words.For(family)} upstream has a community for what {customer.Name} asks for",
                "give an upstream its own, \"blackhole: 64496:666\", as its operator says"
            );
        }
    }

    private static void CheckSpace(NetworkScope scope, Located<IpPrefix> blackhole)
    {
        var (value, longest) = (
            blackhole.Value,
            AnnouncementValidation.Longest(blackhole.Value.Family)
        );
        if (!scope.Network.Prefixes.Any(p => p.Value.Contains(value)))
        {
            if (scope.IsReadable("$.prefixes"))
            {
                scope.Add(
                    FindingCatalogue.BlackholeNotOurs,
                    blackhole.At,
                    $"{blackhole} is no part of the network's prefixes"
                );
            }
        }
        else if (value.Length <= longest)
        {
            scope.Add(
                FindingCatalogue.BlackholeTooLarge,
                blackhole.At,
                $"{blackhole} is not longer than /{longest}",
                "write the address under attack, such as 2001:db8:1c::bad/128"
            );
        }
    }

    private static void CheckHeard(NetworkScope scope, Located<IpPrefix> blackhole)
    {
        if (!IsHeard(scope, blackhole.Value.Family) && scope.IsReadable("$.sites"))
        {
            scope.Add(
                FindingCatalogue.BlackholeUnheard,
                blackhole.At,
                $"no {Words.For(blackhole.Value.Family)} upstream has a community for {blackhole}",
                "give an upstream its own, \"blackhole: 64496:666\", as its operator says"
            );
        }
    }

    private static bool IsHeard(NetworkScope scope, IpFamily family) =>
        scope
            .Network.Sites.SelectMany(site => site.Upstreams)
            .Any(upstream =>
                upstream.Blackhole is not null && upstream.Neighbor.Value.Family == family
            );
}
