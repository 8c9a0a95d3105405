using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;
using Appliance.Model.Yaml;

namespace Appliance.Model.Validation;

/// <summary>Communities, by value and by name.</summary>
internal static class CommunityValidation
{
    public static void Validate(NetworkScope scope)
    {
        CheckNames(scope);
        foreach (var upstream in scope.Network.Sites.SelectMany(site => site.Upstreams))
        {
            CheckList(scope, upstream);
            if (upstream.Blackhole is { } blackhole)
            {
                Resolve(scope, blackhole);
            }
        }
    }

    private static void CheckNames(NetworkScope scope)
    {
        var names = new Dictionary<Community, EntryName>();
        foreach (var named in scope.Network.Communities)
        {
            if (!names.TryAdd(named.Value.Value, named.Name))
            {
                scope.Add(
                    FindingCatalogue.CommunityTwice,
                    named.Value.At,
                    $"{named.Value} is {names[named.Value.Value]} already"
                );
            }
        }
    }

    private static void CheckList(NetworkScope scope, Upstream upstream)
    {
        var seen = new HashSet<Community>();
        foreach (var item in upstream.Communities)
        {
            if (Resolve(scope, item) is not { } community)
            {
                continue;
            }

            if (!seen.Add(community))
            {
                scope.Add(
                    FindingCatalogue.CommunityTwice,
                    item.At,
                    $"{community} is in the list already"
                );
            }

            CheckMeaning(scope, item.At, community);
        }
    }

    private static void CheckMeaning(NetworkScope scope, SourceLocation at, Community community)
    {
        if (community == Community.GracefulShutdown)
        {
            scope.Add(
                FindingCatalogue.CommunityActs,
                at,
                $"{community} is GRACEFUL_SHUTDOWN (RFC 8326)",
                "write \"drain: true\" while the session is being drained"
            );
        }
        else if (community == Community.Blackhole)
        {
            scope.Add(
                FindingCatalogue.CommunityActs,
                at,
                $"{community} is BLACKHOLE (RFC 7999): all our traffic would be dropped",
                "write it as \"blackhole\", and what is to be dropped under the network's \"blackholes\""
            );
        }
    }

    private static Community? Resolve(NetworkScope scope, Located<CommunityOrName> item)
    {
        if (item.Value.Value is { } community)
        {
            return community;
        }

        var named = scope.Network.Communities.FirstOrDefault(c => c.Name == item.Value.Name);
        if (named is null && scope.IsReadable("$.communities"))
        {
            var names = scope.Network.Communities.Select(c => c.Name.Text);
            scope.Add(
                FindingCatalogue.UnknownCommunity,
                item.At,
                $"there is no community {item}",
                Spelling.Nearest($"{item}", names) is { } nearest
                    ? $"did you mean {nearest}?"
                    : "write its numbers, or name it under the network's \"communities\""
            );
        }

        return named?.Value.Value;
    }
}
