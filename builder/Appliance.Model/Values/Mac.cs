using System.Globalization;
using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>A unicast Ethernet address; text is lower-case with colons, as ifconfig(8) writes it.</summary>
public readonly record struct Mac(ulong Bits) : IParsedValue<Mac>
{
    public static FindingKind Malformed => FindingCatalogue.NotAMac;

    public static bool TryParse(string text, out Mac value, out string reason)
    {
        value = default;
        reason =
            "is not a MAC address: it must be six pairs of hexadecimal digits, 58:9c:fc:00:11:22";
        var parts = text.Split(text.Contains('-', StringComparison.Ordinal) ? '-' : ':');
        if (parts.Length != 6)
        {
            return false;
        }

        ulong bits = 0;
        foreach (var part in parts)
        {
            if (
                part.Length != 2
                || !byte.TryParse(
                    part,
                    NumberStyles.AllowHexSpecifier,
                    CultureInfo.InvariantCulture,
                    out var number
                )
            )
            {
                return false;
            }

            bits = (bits << 8) | number;
        }

        value = new Mac(bits);
        reason = ReasonAgainst(bits);
        return reason.Length == 0;
    }

    public override string ToString()
    {
        var bits = Bits;
        return string.Join(
            ':',
            Enumerable
                .Range(0, 6)
                .Select(i =>
                    ((byte)(bits >> (40 - (8 * i)))).ToString("x2", CultureInfo.InvariantCulture)
                )
        );
    }

    private static string ReasonAgainst(ulong bits)
    {
        if (bits == 0)
        {
            return "is all zeros; no interface has that address";
        }

        return (bits >> 40 & 1) == 1 ? "is a group address; no interface has that address" : "";
    }
}
