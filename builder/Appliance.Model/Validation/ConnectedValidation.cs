using Appliance.Model.Derived;
using Appliance.Model.Reports;

namespace Appliance.Model.Validation;

/// <summary>No two links of a machine have overlapping prefixes, whatever they are made of.</summary>
internal static class ConnectedValidation
{
    public static void Validate(NetworkScope scope)
    {
        var links = SitePaths.LinksBySite(scope.Network);
        foreach (var site in scope.Network.Sites)
        {
            CheckOverlaps(
                scope,
                [
                    .. ConnectedSpace.Of(
                        scope.Network,
                        site,
                        links.GetValueOrDefault(site.Name) ?? []
                    ),
                ]
            );
        }
    }

    private static void CheckOverlaps(NetworkScope scope, List<ConnectedSpace> connected)
    {
        foreach (var (item, enclosing) in OccupiedSpace.Overlaps(connected))
        {
            // Two equal loopbacks are overlapping space, and equal addresses the same address twice.
            var (one, other) = ((ConnectedSpace)item, (ConnectedSpace)enclosing);
            var isReported =
                (one.IsUnique && other.IsUnique && one.Address == other.Address)
                || (one.IsLoopback && other.IsLoopback)
                || (one.IsSiteLink && other.IsSiteLink);
            if (!isReported)
            {
                scope.Add(
                    FindingCatalogue.LinksOverlap,
                    item.At,
                    $"{item.Prefix} of {item.What} overlaps {enclosing.Prefix} of {enclosing.What} (line {enclosing.At.Span.Line})",
                    "each link of a machine has a prefix of its own"
                );
            }
        }
    }
}
