using Appliance.Rendering.Policies;

namespace Appliance.Rendering.Files.Routing;

/// <summary>What every route is asked, whoever sends it (RFC 7454): one route-map for a family.</summary>
internal sealed class FrrFilter(FrrPrefixLists lists, bool validates)
{
    /// <summary>What the paths of customers' requests are asked, in both families.</summary>
    public const string PathMap = "paths";

    private readonly FrrFamily family = lists.Family;

    public string Map => family.List("filter");

    public FrrSection Section() =>
        new(
            $"What every route of IP{family.Label} is asked",
            [.. Denials(), FrrBlock.Text($"route-map {Map} permit 1000", "exit")]
        );

    /// <summary>
    /// The part of the filter that is about paths, for what the rest of it refuses; bogon-asn and long-path are its rules.
    /// </summary>
    public static FrrSection Paths() =>
        new(
            "What the path of a request to drop traffic is asked",
            [
                FrrBlock.Text(
                    $"route-map {PathMap} deny 10",
                    $" match as-path {FrrPathLists.BogonAsns}",
                    "exit",
                    $"route-map {PathMap} deny 20",
                    $" match as-path {FrrPathLists.LongPaths}",
                    "exit",
                    $"route-map {PathMap} permit 1000",
                    "exit"
                ),
            ]
        );

    private IEnumerable<FrrBlock> Denials()
    {
        if (lists.Own is { } own)
        {
            yield return Deny(10, PolicyRules.OwnSpace, family.MatchPrefixes(own));
        }

        if (lists.Links is { } links)
        {
            yield return Deny(20, PolicyRules.OurLinks, family.MatchPrefixes(links));
        }

        yield return Deny(30, PolicyRules.BogonPrefix, family.MatchPrefixes(lists.BogonSpace));
        yield return Deny(40, PolicyRules.PrefixLength, family.MatchPrefixes(lists.Lengths));
        yield return Deny(50, PolicyRules.BogonAsn, $" match as-path {FrrPathLists.BogonAsns}");
        yield return Deny(60, PolicyRules.LongPath, $" match as-path {FrrPathLists.LongPaths}");
        if (validates)
        {
            yield return Deny(70, PolicyRules.RpkiInvalid, " match rpki invalid");
        }
    }

    private FrrBlock Deny(int sequence, PolicyRule rule, string match) =>
        FrrBlock.About(
            rule,
            family.Label,
            $"! {rule.Stops}",
            $"route-map {Map} deny {sequence}",
            $" description {rule.Id}",
            match,
            "exit"
        );
}
