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
        // YAML 1.1 calls these booleans or nothing, and editors change them as such.
        if (
            text.ToLowerInvariant() is "no" or "yes" or "on" or "off" or "true" or "false" or "null"
        )
        {
            return $"is not a driver's name but a truth value of YAML; write one of FreeBSD's drivers: {NetworkDrivers.Usual}";
        }

        if (NetworkDrivers.IsOfLinux(text))
        {
            return $"is Linux's name for an interface; FreeBSD names them by driver: {NetworkDrivers.Usual}";
        }

        if (text.Length is 0 or > LongestDevice - 1)
        {
            return $"is not a driver's name: it must have 1 to {LongestDevice - 1} characters";
        }

        if (char.IsAsciiDigit(text[^1]))
        {
            return "is not a driver's name: it ends with a digit; the number belongs into index";
        }

        return
            char.IsAsciiLetterLower(text[0])
            && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            ? ""
            : "is not a driver's name: it must consist of lower-case letters, digits and '_', such as vtnet";
    }
}
