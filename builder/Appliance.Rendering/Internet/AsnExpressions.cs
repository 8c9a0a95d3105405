using System.Globalization;

namespace Appliance.Rendering.Internet;

/// <summary>
/// Regular expressions that find AS numbers in a path. FRR's are POSIX extended ones (regex(7)) on the path's
/// text, in which '_' stands for a boundary of numbers.
/// </summary>
internal static class AsnExpressions
{
    /// <summary>No number is greater, so ten digits that begin with 42 need no closer look at the others.</summary>
    private const ulong EndOfLastDecade = 4_299_999_999;

    /// <summary>Finds a number of the range anywhere in a path.</summary>
    public static string InRange(uint first, uint last) => Anywhere(Alternatives(first, last));

    /// <summary>Finds one of the numbers anywhere in a path.</summary>
    public static string AnyOf(IEnumerable<uint> numbers) =>
        Anywhere([.. numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))]);

    /// <summary>Finds paths of so many numbers or more; AS_SETs, which FRR counts once, are refused anyway.</summary>
    public static string AtLeast(int count) =>
        string.Create(CultureInfo.InvariantCulture, $"^([0-9]+ ){{{count - 1}}}[0-9]");

    /// <summary>The parts of ranges that hold none of some numbers.</summary>
    public static IEnumerable<BogonAsnRange> Without(
        IEnumerable<BogonAsnRange> ranges,
        IEnumerable<uint> numbers
    )
    {
        var excluded = numbers.Distinct().Order().ToList();
        foreach (var range in ranges)
        {
            ulong next = range.First;
            foreach (var number in excluded.Where(n => n >= range.First && n <= range.Last))
            {
                if (number > next)
                {
                    yield return range with
                    {
                        First = (uint)next,
                        Last = number - 1,
                    };
                }

                next = (ulong)number + 1;
            }

            if (next <= range.Last)
            {
                yield return range with
                {
                    First = (uint)next,
                };
            }
        }
    }

    /// <summary>Digit patterns that match the numbers of a range and, among 32-bit numbers, no others.</summary>
    internal static IReadOnlyList<string> Alternatives(uint first, uint last)
    {
        ulong end = last == uint.MaxValue ? EndOfLastDecade : last;
        var result = new List<string>();
        for (ulong low = first; low <= end; )
        {
            var digits = Digits(low);
            var high = Math.Min(
                end,
                ulong.Parse(new string('9', digits.Length), CultureInfo.InvariantCulture)
            );
            result.AddRange(OfSameLength(digits, Digits(high)));
            low = high + 1;
        }

        return result;
    }

    private static IEnumerable<string> OfSameLength(string low, string high)
    {
        if (low.Length == 0)
        {
            return [""];
        }

        if (low[0] == high[0])
        {
            return OfSameLength(low[1..], high[1..]).Select(rest => low[0] + rest);
        }

        var (first, last) = (low[0], high[0]);
        IEnumerable<string> below = [];
        IEnumerable<string> above = [];
        if (low[1..].Any(digit => digit != '0'))
        {
            below = OfSameLength(low[1..], new string('9', low.Length - 1))
                .Select(rest => low[0] + rest);
            first++;
        }

        if (high[1..].Any(digit => digit != '9'))
        {
            above = OfSameLength(new string('0', high.Length - 1), high[1..])
                .Select(rest => high[0] + rest);
            last--;
        }

        var between =
            OneOf(first, last) + string.Concat(Enumerable.Repeat("[0-9]", low.Length - 1));
        return [.. below, .. first <= last ? [between] : Array.Empty<string>(), .. above];
    }

    private static string OneOf(char first, char last) =>
        first == last ? first.ToString() : $"[{first}-{last}]";

    private static string Anywhere(IReadOnlyList<string> alternatives) =>
        alternatives.Count == 1 ? $"_{alternatives[0]}_" : $"_({string.Join('|', alternatives)})_";

    private static string Digits(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
