using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>How the AS's space is divided among links, loopbacks and downstreams.</summary>
internal static class AddressSpaceValidation
{
    public static void Validate(NetworkScope scope)
    {
        var parts = Parts(scope.Network).ToList();
        if (scope.IsReadable("$.prefixes"))
        {
            foreach (var part in parts)
            {
                CheckInside(scope, part);
            }
        }

        foreach (var (item, enclosing) in OccupiedSpace.Overlaps(parts))
        {
            ReportOverlap(scope, item, enclosing);
        }

        CheckAggregates(scope);
    }

    private static IEnumerable<OccupiedSpace> Parts(Network network)
    {
        if (network.LinkPrefix is { } links)
        {
            yield return new OccupiedSpace(links.Value, links.At, "link_prefix");
        }

        foreach (var site in network.Sites)
        {
            foreach (var loopback in site.Loopbacks)
            {
                var prefix = new IpPrefix(loopback.Value, loopback.Value.Width);
                yield return new OccupiedSpace(prefix, loopback.At, $"loopback of {site.Name}");
            }

            foreach (var prefix in site.Prefixes)
            {
                yield return new OccupiedSpace(prefix.Value, prefix.At, $"prefix of {site.Name}");
            }
        }
    }

    private static void CheckInside(NetworkScope scope, OccupiedSpace part)
    {
        if (!scope.Network.Prefixes.Any(p => p.Value.Contains(part.Prefix)))
        {
            scope.Add(
                FindingCatalogue.OutsideNetwork,
                part.At,
                $"{part.What} {part.Prefix} lies outside the network's prefixes",
                "it is part of a prefix listed under \"prefixes\""
            );
        }
    }

    private static void ReportOverlap(
        NetworkScope scope,
        OccupiedSpace item,
        OccupiedSpace enclosing
    )
    {
        // Reported where it stands later in the file: what comes first is taken to be settled.
        var (later, earlier) =
            item.At.Span.Line >= enclosing.At.Span.Line ? (item, enclosing) : (enclosing, item);
        scope.Add(
            FindingCatalogue.SubnetsOverlap,
            later.At,
            $"{later.What} {later.Prefix} overlaps {earlier.What} {earlier.Prefix} (line {earlier.At.Span.Line})"
        );
    }

    private static void CheckAggregates(NetworkScope scope)
    {
        var aggregates = scope.Network.Prefixes.Select(p => p.Value).ToHashSet();
        foreach (
            var prefix in scope
                .Network.Sites.SelectMany(site => site.Prefixes)
                .Where(p => aggregates.Contains(p.Value))
        )
        {
            scope.Add(
                FindingCatalogue.SubnetIsAggregate,
                prefix.At,
                $"{prefix} is announced as a whole and cannot belong to one site",
                "give the site a part of it, such as a /64"
            );
        }
    }
}
