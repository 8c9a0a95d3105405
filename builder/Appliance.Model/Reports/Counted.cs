using System.Globalization;

namespace Appliance.Model.Reports;

/// <summary>A number with the noun it counts, in the singular or the plural.</summary>
public static class Counted
{
    /// <summary>"1 error", "2 errors", "0 errors".</summary>
    /// <param name="count">How many.</param>
    /// <param name="noun">In the singular.</param>
    /// <param name="plural">Where it is not the noun with an s.</param>
    public static string Of(long count, string noun, string? plural = null) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{count} {(count == 1 ? noun : plural ?? noun + "s")}"
        );
}
