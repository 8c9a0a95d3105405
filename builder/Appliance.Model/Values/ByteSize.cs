using System.Globalization;
using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>A number of bytes; text is a number with K, M, G or T (powers of 1024), or plain bytes.</summary>
public readonly record struct ByteSize(long Bytes) : IParsedValue<ByteSize>
{
    private const string Units = "KMGT";

    public static FindingKind Malformed => FindingCatalogue.NotASize;

    public static bool TryParse(string text, out ByteSize value, out string reason)
    {
        value = default;
        reason = "is not a size: it must be a whole number with K, M, G or T, such as 34M";
        var unit = text.Length == 0 ? -1 : Units.IndexOf(text[^1], StringComparison.Ordinal);
        var digits = unit < 0 ? text : text[..^1];
        if (!DecimalNumber.TryParse(digits, uint.MaxValue, out var number) || number == 0)
        {
            return false;
        }

        var bytes = (UInt128)number << (10 * (unit + 1));
        if (bytes > (UInt128)(1L << 50))
        {
            reason = "is larger than 1024T";
            return false;
        }

        value = new ByteSize((long)bytes);
        reason = "";
        return true;
    }

    public override string ToString()
    {
        var bytes = Bytes;
        var unit = 0;
        while (unit < Units.Length && bytes != 0 && bytes % 1024 == 0)
        {
            bytes /= 1024;
            unit++;
        }

        var number = bytes.ToString(CultureInfo.InvariantCulture);
        return unit == 0 ? number : number + Units[unit - 1];
    }
}
