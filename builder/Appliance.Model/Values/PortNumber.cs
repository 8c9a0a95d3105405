using System.Globalization;
using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>A TCP port that can be connected to.</summary>
public readonly record struct PortNumber(int Number) : IParsedValue<PortNumber>
{
    public static FindingKind Malformed => FindingCatalogue.NotAPort;

    public static bool TryParse(string text, out PortNumber value, out string reason)
    {
        var fits = DecimalNumber.TryParse(text, 65535, out var number) && number > 0;
        value = new PortNumber((int)number);
        reason = fits ? "" : "is not a port: it must be a number from 1 to 65535";
        return fits;
    }

    public override string ToString() => Number.ToString(CultureInfo.InvariantCulture);
}
