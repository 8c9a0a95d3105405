using Appliance.Rendering.Documents;
using Appliance.Verify.Qemu;

namespace Appliance.Cli.Verbs;

/// <summary>The network cards of a machine that a site is tried on.</summary>
public static class SiteCards
{
    /// <summary>
    /// At least one card. What a site finds by PCI position, or by a driver that no card of QEMU has, is not provided for:
    /// its verdict says that it is missing.
    /// </summary>
    /// <param name="matches">How the site finds its interfaces.</param>
    public static IReadOnlyList<WantedCard> Of(IReadOnlyList<InterfaceMatch> matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        var macs = new Queue<string>(matches.Select(match => match.Mac).OfType<string>());
        var cards = new List<WantedCard>();
        foreach (
            var driver in matches
                .Where(IsCounted)
                .GroupBy(match => match.Driver!, match => match.Index!.Value)
        )
        {
            for (var index = 0; index <= driver.Max(); index++)
            {
                // A device that is found by its number must not be one that is found by its address, too.
                var mac = driver.Contains(index) ? null : Next(macs);
                cards.Add(new WantedCard(mac, driver.Key));
            }
        }

        while (macs.Count > 0 || cards.Count == 0)
        {
            cards.Add(new WantedCard(Next(macs)));
        }

        return cards;
    }

    private static bool IsCounted(InterfaceMatch match) =>
        match is { Driver: { } driver, Index: not null } && NetworkCard.Has(driver);

    private static string? Next(Queue<string> macs) => macs.TryDequeue(out var mac) ? mac : null;
}
