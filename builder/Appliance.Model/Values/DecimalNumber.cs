using System.Globalization;

namespace Appliance.Model.Values;

/// <summary>Plain decimal numbers: no sign, no spaces, no leading zeros (which elsewhere mean octal).</summary>
internal static class DecimalNumber
{
    public static bool TryParse(ReadOnlySpan<char> text, uint maximum, out uint number)
    {
        number = 0;
        return text.Length is > 0 and <= 10
            && (text[0] != '0' || text.Length == 1)
            && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number <= maximum;
    }
}
