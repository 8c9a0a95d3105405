using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>A country by its two letters (ISO 3166-1 alpha-2), in upper case.</summary>
public readonly record struct CountryCode : IParsedValue<CountryCode>
{
    private CountryCode(string text) => Text = text;

    public static FindingKind Malformed => FindingCatalogue.NotARegistryName;

    public string Text { get; }

    public static bool TryParse(string text, out CountryCode value, out string reason)
    {
        value = default;
        reason =
            text.Length == 2 && text.All(char.IsAsciiLetter)
                ? ""
                : "is not a country: it must have two letters, such as DE (ISO 3166)";
        if (reason.Length == 0)
        {
            value = new CountryCode(text.ToUpperInvariant());
        }

        return reason.Length == 0;
    }

    public override string ToString() => Text;
}
