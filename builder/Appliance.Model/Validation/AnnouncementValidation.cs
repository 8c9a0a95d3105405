using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>The prefixes that the AS announces.</summary>
internal static class AnnouncementValidation
{
    // What networks accept from each other by custom: IPv6 /16–/48, IPv4 /8–/24 (RFC 7454, section 6.1).
    private const int Ipv6Shortest = 16;
    private const int Ipv6Longest = 48;
    private const int Ipv4Shortest = 8;
    private const int Ipv4Longest = 24;

    public static void Validate(NetworkScope scope)
    {
        foreach (var prefix in scope.Network.Prefixes)
        {
            CheckPrefix(scope, prefix);
        }

        CheckOverlaps(scope);
    }

    /// <summary>Whether others would take the prefix, whosever it is.</summary>
    public static void CheckPrefix(NetworkScope scope, Located<IpPrefix> prefix)
    {
        CheckLength(scope, prefix);
        CheckSpace(scope, prefix);
    }

    /// <summary>Whether it has no finding of its own that makes every other one about it needless.</summary>
    public static bool IsUsable(NetworkScope scope, IpPrefix prefix)
    {
        var space = SpecialPurpose.ClassOf(prefix);
        return prefix.Length >= ShortestOf(prefix.Family)
            && space != SpaceClass.Never
            && (space == SpaceClass.Public || scope.Network.Lab);
    }

    /// <summary>The longest prefix that networks take from each other.</summary>
    public static int Longest(IpFamily family) =>
        family == IpFamily.Ipv6 ? Ipv6Longest : Ipv4Longest;

    private static void CheckLength(NetworkScope scope, Located<IpPrefix> prefix)
    {
        var isIpv6 = prefix.Value.Family == IpFamily.Ipv6;
        var (shortest, longest) = isIpv6
            ? (Ipv6Shortest, Ipv6Longest)
            : (Ipv4Shortest, Ipv4Longest);
        if (prefix.Value.Length > longest)
        {
            scope.Add(
                FindingCatalogue.AnnouncementTooLong,
                prefix.At,
                $"{prefix} is longer than /{longest} and does not propagate",
                "announce the whole prefix you were given; subnets belong to the sites"
            );
        }
        else if (prefix.Value.Length < shortest)
        {
            scope.Add(
                FindingCatalogue.AnnouncementTooShort,
                prefix.At,
                $"{prefix} is shorter than /{shortest}; no network accepts it"
            );
        }
    }

    private static void CheckSpace(NetworkScope scope, Located<IpPrefix> prefix)
    {
        var space = SpecialPurpose.ClassOf(prefix.Value);
        if (space == SpaceClass.Never && prefix.Value.Length >= ShortestOf(prefix.Value.Family))
        {
            scope.Add(
                FindingCatalogue.PrefixNeverRouted,
                prefix.At,
                $"{prefix} lies in space that is never routed"
            );
        }
        else if (space is SpaceClass.Documentation or SpaceClass.Private && !scope.Network.Lab)
        {
            scope.Add(
                FindingCatalogue.PrefixNotPublic,
                prefix.At,
                $"{prefix} is {Words.For(space)} space",
                "write your own prefix, or \"lab: true\" for a laboratory"
            );
        }
    }

    private static int ShortestOf(IpFamily family) =>
        family == IpFamily.Ipv6 ? Ipv6Shortest : Ipv4Shortest;

    private static void CheckOverlaps(NetworkScope scope)
    {
        var items = scope
            .Network.Prefixes.Select(p => new OccupiedSpace(p.Value, p.At, ""))
            .ToList();
        foreach (var (item, enclosing) in OccupiedSpace.Overlaps(items))
        {
            if (item.Prefix == enclosing.Prefix)
            {
                scope.Add(
                    FindingCatalogue.PrefixTwice,
                    item.At,
                    $"{item.Prefix} already stands in line {enclosing.At.Span.Line}"
                );
            }
            else
            {
                scope.Add(
                    FindingCatalogue.PrefixesOverlap,
                    item.At,
                    $"{item.Prefix} and {enclosing.Prefix} (line {enclosing.At.Span.Line}) overlap; both are announced"
                );
            }
        }
    }
}
