using System.Globalization;
using Appliance.Rendering.Documents;

namespace Appliance.FirstBoot.Signatures;

/// <summary>
/// Whether a signed document is still to be accepted. The clock of a machine may be years off before time is
/// synchronised, so it counts only where it is later than times that are certain.
/// </summary>
internal static class DocumentAge
{
    /// <summary>The oldest release that images are made of is of December 2025: it is later than this on any machine.</summary>
    private static readonly DateTimeOffset Earliest = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="document">The new document.</param>
    /// <param name="known">Documents that the machine has already: it is later than they were issued.</param>
    /// <param name="now">The clock.</param>
    /// <returns>Why not_after could not be compared with the clock; null when it was, or when there is none.</returns>
    /// <exception cref="FirstBootException">The document has expired.</exception>
    public static string? Check(
        SiteDocument document,
        IEnumerable<SiteDocument> known,
        DateTimeOffset now
    )
    {
        if (document.NotAfter is not { } text)
        {
            return null;
        }

        if (!DocumentTime.TryParse(text, out var notAfter))
        {
            throw new FirstBootException("not_after of the site document is no time in UTC");
        }

        var certain = known.Append(document).Select(Issued).Append(Earliest).Max();
        if (notAfter < certain)
        {
            throw Expired(text, $"it is at least {DocumentTime.Write(certain)}");
        }

        if (now < certain || now >= Latest)
        {
            return string.Create(
                CultureInfo.InvariantCulture,
                $"not compared: the clock says {DocumentTime.Write(now)}, and it is at least {DocumentTime.Write(certain)}"
            );
        }

        return now <= notAfter
            ? null
            : throw Expired(text, $"the clock says {DocumentTime.Write(now)}");
    }

    private static DateTimeOffset Issued(SiteDocument document) =>
        DocumentTime.TryParse(document.Issued, out var issued) ? issued : DateTimeOffset.MinValue;

    private static FirstBootException Expired(string notAfter, string why) =>
        new($"the site document expired on {notAfter}: {why}");
}
