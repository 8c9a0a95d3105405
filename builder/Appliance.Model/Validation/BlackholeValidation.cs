using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Parts of our space that are dropped.</summary>
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
        var sessions = scope
            .Network.Sites.SelectMany(site => site.Upstreams)
            .Where(upstream => upstream.Neighbor.Value.Family == blackhole.Value.Family);
        if (!sessions.Any(u => u.Blackhole is not null) && scope.IsReadable("$.sites"))
        {
            scope.Add(
                FindingCatalogue.BlackholeUnheard,
                blackhole.At,
                $"no {Words.For(blackhole.Value.Family)} upstream has a community for {blackhole}",
                "give an upstream its own, \"blackhole: 64496:666\", as its operator says"
            );
        }
    }
}
