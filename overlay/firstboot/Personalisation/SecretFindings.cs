using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.FirstBoot.Personalisation;

/// <summary>Sessions that stay shut because of their secret, as findings of the verdict.</summary>
internal static class SecretFindings
{
    private const string Suffix = ".secret";

    public static MetadataFinding Of(SecretGap gap) =>
        new()
        {
            Subject = gap.Subject + Suffix,
            Document = gap.Secret,
            Metadata = gap.Problem!,
            IsConflict = false,
        };

    /// <summary>A line for people; null for any other finding.</summary>
    public static string? Text(MetadataFinding finding) =>
        finding.Subject.EndsWith(Suffix, StringComparison.Ordinal)
            ? $"shut    {finding.Subject[..^Suffix.Length]}: the secret {finding.Document} cannot be used: {finding.Metadata}"
            : null;
}
