using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>Links as such: their ends, numbers and inner addresses.</summary>
internal static class LinkValidation
{
    public static void Validate(NetworkScope scope)
    {
        var numbers = new Dictionary<int, int>();
        foreach (var link in scope.Network.Links)
        {
            CheckEnds(scope, link);
            CheckUnderlays(scope, link);
            CheckNumber(scope, link, numbers);
        }

        CheckPrefix(scope);
    }

    private static void CheckEnds(NetworkScope scope, Link link)
    {
        if (link.First.Value == link.Second.Value)
        {
            scope.Add(
                FindingCatalogue.LinkToSelf,
                link.Second.At,
                $"both ends of the link are {link.First}"
            );
        }

        var first = scope.FindSite(link.First.Value);
        var second = scope.FindSite(link.Second.Value);
        if (first is null)
        {
            UnknownNames.ReportSite(scope, link.First);
        }

        if (second is null && link.First.Value != link.Second.Value)
        {
            UnknownNames.ReportSite(scope, link.Second);
        }

        if (
            first is { Role: Role.Downstream }
            && second is { Role: Role.Downstream }
            && first != second
        )
        {
            scope.Add(
                FindingCatalogue.LinkBetweenDownstreams,
                link.First.At,
                $"{first.Name} and {second.Name} are both downstreams",
                "link each of them to an edge"
            );
        }
    }

    private static void CheckUnderlays(NetworkScope scope, Link link)
    {
        foreach (var over in link.Over)
        {
            if (!link.Joins(over.Site))
            {
                scope.Add(
                    FindingCatalogue.ForeignUnderlay,
                    over.At,
                    $"{over.Site} is no end of this link, which joins {link.First} and {link.Second}"
                );
            }
            else if (
                scope.FindSite(over.Site) is { } site
                && site.FindInterface(over.Interface.Value) is null
            )
            {
                UnknownNames.ReportInterface(scope, site, over.Interface);
            }
        }
    }

    private static void CheckNumber(NetworkScope scope, Link link, Dictionary<int, int> numbers)
    {
        if (!numbers.TryAdd(link.Number.Value, link.At.Span.Line))
        {
            scope.Add(
                FindingCatalogue.LinkNumberTwice,
                link.Number.At,
                $"the link in line {numbers[link.Number.Value]} already has number {link.Number}",
                "without \"number\" a link has its position in the list"
            );
        }
        else if (
            scope.Network.LinkPrefix is { } prefix
            && (UInt128)link.Number.Value > LinkAddresses.HighestNumber(prefix.Value)
        )
        {
            scope.Add(
                FindingCatalogue.LinkPrefixTooSmall,
                link.Number.At,
                $"{prefix} has room for {LinkAddresses.HighestNumber(prefix.Value)} links, not for number {link.Number}",
                "a /64 is usual for link_prefix"
            );
        }
    }

    private static void CheckPrefix(NetworkScope scope)
    {
        if (
            scope.Network.LinkPrefix is null
            && scope.Network.Links.Count > 0
            && scope.IsReadable("$.link_prefix")
        )
        {
            scope.Add(
                FindingCatalogue.NoLinkPrefix,
                scope.Network.Links[0].At,
                "there are links but no link_prefix",
                "set aside a /64 of the network's space for the links' inner addresses"
            );
        }
    }
}
