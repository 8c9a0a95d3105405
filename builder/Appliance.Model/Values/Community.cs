using Appliance.Model.Reports;

namespace Appliance.Model.Values;

/// <summary>
/// A BGP community: two numbers of 16 bits (RFC 1997) or, large, three of 32 bits (RFC 8092).
/// <see cref="Second"/> and <see cref="Third"/> are the local data.
/// </summary>
public readonly record struct Community(uint First, uint Second, uint? Third)
    : IParsedValue<Community>
{
    private const string Form =
        "is not a community: it must be two numbers up to 65535 (64497:9501)"
        + " or, large, three up to 4294967295 (64500:1:2)";

    private const string TooLarge =
        "does not fit: a standard community has two numbers up to 65535; write a large one, of three";

    /// <summary>The session's routes are to be preferred by nobody (RFC 8326).</summary>
    public static readonly Community GracefulShutdown = new(65535, 0, null);

    /// <summary>Traffic to the prefix is to be dropped (RFC 7999).</summary>
    public static readonly Community Blackhole = new(65535, 666, null);

    public static FindingKind Malformed => FindingCatalogue.NotACommunity;

    public bool IsLarge => Third is not null;

    public static bool TryParse(string text, out Community value, out string reason)
    {
        var parts = text.Split(':');
        uint third = 0;
        var maximum = parts.Length == 2 ? ushort.MaxValue : uint.MaxValue;
        if (
            parts.Length is 2 or 3
            && DecimalNumber.TryParse(parts[0], maximum, out var first)
            && DecimalNumber.TryParse(parts[1], maximum, out var second)
            && (parts.Length == 2 || DecimalNumber.TryParse(parts[2], maximum, out third))
        )
        {
            value = new Community(first, second, parts.Length == 3 ? third : null);
            reason = "";
            return true;
        }

        value = default;
        reason = IsTooLarge(parts) ? TooLarge : Form;
        return false;
    }

    public override string ToString() =>
        IsLarge ? $"{First}:{Second}:{Third}" : $"{First}:{Second}";

    /// <summary>Two numbers of four bytes: mostly an AS number that standard communities have no room for.</summary>
    private static bool IsTooLarge(string[] parts) =>
        parts.Length == 2 && parts.All(part => DecimalNumber.TryParse(part, uint.MaxValue, out _));
}
