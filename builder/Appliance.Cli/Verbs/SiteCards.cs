using Appliance.Rendering.Documents;

namespace Appliance.Cli.Verbs;

/// <summary>The network cards of a machine that a site is tried on.</summary>
public static class SiteCards
{
    /// <summary>All cards are virtio ones, so only such of a driver's devices can be counted.</summary>
    private const string Driver = "vtnet";

    /// <summary>
    /// The MAC address of each card, null where any will do; at least one card. What a site finds by PCI position or
    /// another driver is not provided for: its verdict says that it is missing.
    /// </summary>
    /// <param name="matches">How the site finds its interfaces.</param>
    public static IReadOnlyList<string?> Of(IReadOnlyList<InterfaceMatch> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        var counted = matches
            .Where(match => match.Driver == Driver)
            .Select(match => match.Index ?? 0)
            .ToHashSet();
        var macs = new Queue<string>(matches.Select(match => match.Mac).OfType<string>());
        var cards = new List<string?>();
        while (cards.Count <= counted.DefaultIfEmpty(0).Max() || macs.Count > 0)
        {
            // A device that is found by its number must not be one that is found by its address, too.
            var isCounted = counted.Contains(cards.Count);
            cards.Add(isCounted || !macs.TryDequeue(out var mac) ? null : mac);
        }

        return cards;
    }
}
