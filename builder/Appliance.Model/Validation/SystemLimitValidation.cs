using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Numbers of things that FRR or the C library have no room for. There are no limits of our own.</summary>
internal static class SystemLimitValidation
{
    /// <summary>Preferences of caches are from 1 to 255 (bgp_rpki.c, "rpki cache").</summary>
    private const int MostCaches = 255;

    /// <summary>Characters of the list in a line of 4,096 bytes (VTY_BUFSIZ of lib/vty.h up to FRR 9).</summary>
    private const int LongestCommunities = 4054;

    /// <summary>MAXNS of resolv.h.</summary>
    private const int MostNameservers = 3;

    public static void Validate(NetworkScope scope)
    {
        CheckCaches(scope);
        CheckNameservers(scope, scope.Network.Nameservers);
        foreach (var site in scope.Network.Sites)
        {
            CheckNameservers(scope, site.Nameservers ?? []);
            foreach (var upstream in site.Upstreams)
            {
                CheckCommunities(scope, upstream);
            }
        }
    }

    private static void CheckCaches(NetworkScope scope)
    {
        if (scope.Network.RpkiCaches.Count > MostCaches)
        {
            scope.Add(
                FindingCatalogue.TooManyCaches,
                scope.Network.RpkiCaches[MostCaches].Host.At,
                $"these are {scope.Network.RpkiCaches.Count} caches, and FRR takes {MostCaches}",
                "two or three caches are usual"
            );
        }
    }

    private static void CheckNameservers(
        NetworkScope scope,
        IReadOnlyList<Located<IpAddress>> nameservers
    )
    {
        if (nameservers.Count > MostNameservers)
        {
            scope.Add(
                FindingCatalogue.TooManyNameservers,
                nameservers[MostNameservers].At,
                $"the resolver uses the first {MostNameservers} nameservers, not this one"
            );
        }
    }

    private static void CheckCommunities(NetworkScope scope, Upstream upstream)
    {
        var values = upstream.Communities.Select(item => Text(scope.Network, item)).ToList();
        foreach (var isLarge in new[] { false, true })
        {
            var kind = values.Where(text => text.Count(c => c == ':') == 2 == isLarge).ToList();
            var length = kind.Sum(text => text.Length + 1);
            if (length > LongestCommunities)
            {
                scope.Add(
                    FindingCatalogue.TooManyCommunities,
                    upstream.Communities[^1].At,
                    $"the {kind.Count} {(isLarge ? "large " : "")}communities of {upstream.Name} have {length} characters; "
                        + $"FRR has room for {LongestCommunities}"
                );
            }
        }
    }

    private static string Text(Network network, Located<CommunityOrName> item) =>
        item.Value.Value?.ToString()
        ?? network
            .Communities.FirstOrDefault(named => named.Name == item.Value.Name)
            ?.Value.ToString()
        ?? "";
}
