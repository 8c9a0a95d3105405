using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>
/// Name of a maintainer, contact, organisation or source in a registry (RFC 2622, section 2), as in EXAMPLE-MNT, JD1-RIPE or
/// RIPE: letters, digits, '-' and '_', the last one no '-'. Compared and written in upper case.
/// </summary>
public readonly record struct RegistryName : IParsedValue<RegistryName>
{
    private const int Longest = 80;

    private RegistryName(string text) => Text = text;

    public static FindingKind Malformed => FindingCatalogue.NotARegistryName;

    public string Text { get; }

    public static bool TryParse(string text, out RegistryName value, out string reason)
    {
        value = default;
        reason =
            text.Length is > 1 and <= Longest
            && char.IsAsciiLetterOrDigit(text[0])
            && char.IsAsciiLetterOrDigit(text[^1])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                ? ""
                : $"is not a registry's name: it must have 2 to {Longest} letters, digits, '-' and '_', such as EXAMPLE-MNT";
        if (reason.Length == 0)
        {
            value = new RegistryName(text.ToUpperInvariant());
        }

        return reason.Length == 0;
    }

    public override string ToString() => Text;
}
