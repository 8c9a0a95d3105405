using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>A network driver's name as in "vtnet0" without the unit; with a unit it fits IFNAMSIZ.</summary>
public readonly record struct DriverName : IParsedValue<DriverName>
{
    /// <summary>IFNAMSIZ of net/if.h less the closing zero.</summary>
    public const int LongestDevice = 15;

    private DriverName(string text) => Text = text;

    public static FindingKind Malformed => FindingCatalogue.NotADriver;

    public string Text { get; }

    public static bool TryParse(string text, out DriverName value, out string reason)
    {
        value = default;
        reason = ReasonAgainst(text);
        if (reason.Length == 0)
        {
            value = new DriverName(text);
        }

        return reason.Length == 0;
    }

    public override string ToString() => Text;

    private static string ReasonAgainst(string text)
    {
        if (text.Length is 0 or > LongestDevice - 1)
        {
            return $"is not a driver's name: it has 1 to {LongestDevice - 1} characters";
        }

        if (char.IsAsciiDigit(text[^1]))
        {
            return "is not a driver's name: it ends with a digit; the number belongs into index";
        }

        return
            char.IsAsciiLetterLower(text[0])
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            ? ""
            : "is not a driver's name: it is lower-case letters, digits and '_', such as vtnet";
    }
}
