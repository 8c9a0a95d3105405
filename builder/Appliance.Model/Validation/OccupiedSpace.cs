using Appliance.Model.Reports;
using Appliance.Model.Values;

namespace Appliance.Model.Validation;

/// <summary>A prefix that something holds, and what.</summary>
internal record OccupiedSpace(IpPrefix Prefix, SourceLocation At, string What)
{
    /// <summary>
    /// Pairs that overlap: each prefix at most once as the item, with one that encloses it; of two equal ones the
    /// later in the file is the item. Sorted prefixes either nest or do not meet, so one pass finds them.
    /// </summary>
    public static IEnumerable<(OccupiedSpace Item, OccupiedSpace Enclosing)> Overlaps(
        IEnumerable<OccupiedSpace> items
    )
    {
        OccupiedSpace? enclosing = null;
        var sorted = items
            .OrderBy(i => i.Prefix)
            .ThenBy(i => i.At.Span.Line)
            .ThenBy(i => i.At.Span.Column);
        foreach (var item in sorted)
        {
            if (enclosing is not null && enclosing.Prefix.Contains(item.Prefix))
            {
                yield return (item, enclosing);
            }
            else
            {
                enclosing = item;
            }
        }
    }
}
