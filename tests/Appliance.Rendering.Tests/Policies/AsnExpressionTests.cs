using System.Globalization;
using System.Text.RegularExpressions;
using Appliance.Rendering.Internet;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>
/// Expressions say the same as the ranges they stand for. An expression is a choice of digit patterns; each
/// stands for a box of numbers, so all 2^32 of them are compared by counting boxes.
/// </summary>
public partial class AsnExpressionTests
{
    public static TheoryData<uint, uint> Bogons
    {
        get
        {
            var data = new TheoryData<uint, uint>();
            foreach (var range in InternetData.Current.BogonAsns)
            {
                data.Add(range.First, range.Last);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bogons))]
    public void A_class_is_matched_by_its_expression_and_no_other_number_is(
        uint first,
        uint last
    ) => Assert.Null(Mistake(AsnExpressions.Alternatives(first, last), first, last));

    [Fact]
    public void So_are_ten_thousand_random_ranges()
    {
        var random = new Random(20260115);
        for (var i = 0; i < 10_000; i++)
        {
            var (one, other) = (Number(random), Number(random));
            var (first, last) = (Math.Min(one, other), Math.Max(one, other));
            var mistake = Mistake(AsnExpressions.Alternatives(first, last), first, last);
            Assert.True(mistake is null, $"{first}-{last}: {mistake}");
        }
    }

    [Theory]
    [InlineData("6553[6-9]|130[0-9][0-9][0-9]", "does not cover")]
    [InlineData("6553[5-9]|655[4-9][0-9]", "goes beyond")]
    [InlineData("65[0-9][0-9][0-9]|655[4-9][0-9]", "goes beyond")]
    [InlineData("6553[6-9]|6553[8-9]", "twice")]
    public void A_wrong_expression_is_noticed(string expression, string mistake) =>
        Assert.Contains(
            mistake,
            Mistake(expression.Split('|'), 65536, 131071) ?? "",
            StringComparison.Ordinal
        );

    [Fact]
    public void The_old_expressions_written_by_hand_mean_the_same()
    {
        const string Hand =
            "_(6553[6-9]|655[4-9][0-9]|65[6-9][0-9][0-9]|6[6-9][0-9][0-9][0-9]|[7-9][0-9][0-9][0-9][0-9]"
            + "|1[0-2][0-9][0-9][0-9][0-9]|130[0-9][0-9][0-9]|1310[0-6][0-9]|13107[01])_";
        var (hand, ours) = (Compile(Hand), Compile(AsnExpressions.InRange(65536, 131071)));
        for (var number = 0; number < 200_000; number++)
        {
            var text = number.ToString(CultureInfo.InvariantCulture);
            Assert.Equal(hand.IsMatch(text), ours.IsMatch(text));
        }
    }

    [Fact]
    public void A_number_is_found_anywhere_in_a_path()
    {
        var found = Compile(AsnExpressions.InRange(64512, 65535));
        Assert.Matches(found, "64512 3356 1299");
        Assert.Matches(found, "3356 64512 1299");
        Assert.Matches(found, "3356 1299 64512");
        Assert.Matches(found, "3356 {64512,1299}");
        Assert.DoesNotMatch(found, "3356 1299 164512 645120");
    }

    [Fact]
    public void A_path_is_long_from_the_given_number_of_ASNs()
    {
        var atLeast = Compile(AsnExpressions.AtLeast(51));
        Assert.Matches(atLeast, string.Join(' ', Enumerable.Repeat("4200000000", 51)));
        Assert.DoesNotMatch(atLeast, string.Join(' ', Enumerable.Repeat("4200000000", 50)));
        Assert.DoesNotMatch(atLeast, "");
    }

    [Fact]
    public void A_lab_s_own_numbers_are_cut_out_of_the_ranges()
    {
        BogonAsnRange[] ranges = [new(64496, 64511, "a"), new(64512, 65535, "b"), new(7, 7, "c")];
        Assert.Equal(
            ["64497-64499", "64501-64511", "64512-65534"],
            AsnExpressions
                .Without(ranges, [64500, 64496, 65535, 7, 64500, 3356])
                .Select(range => $"{range.First}-{range.Last}")
        );
        Assert.Equal(
            [uint.MaxValue - 1],
            AsnExpressions
                .Without([new(uint.MaxValue - 1, uint.MaxValue, "")], [uint.MaxValue])
                .Select(range => range.Last)
        );
    }

    /// <summary>How the patterns differ from a range of 32-bit numbers; null when they do not.</summary>
    private static string? Mistake(IReadOnlyList<string> patterns, uint first, uint last)
    {
        var boxes = patterns.Select(Box.Parse).ToList();
        foreach (var (pattern, box) in patterns.Zip(boxes))
        {
            // Numbers above 2^32 - 1 do not occur in paths.
            if (box.Lowest < first || (box.Highest > last && last != uint.MaxValue))
            {
                return $"{pattern} goes beyond the range";
            }
        }

        for (var i = 0; i < boxes.Count; i++)
        {
            if (boxes.Skip(i + 1).Any(boxes[i].Overlaps))
            {
                return $"{patterns[i]} matches a number twice";
            }
        }

        // Apart from each other and inside the range: if they are as many, they are the same.
        var end = last == uint.MaxValue ? boxes.Max(box => box.Highest) : last;
        var missing = (Int128)end - first + 1 - boxes.Sum(box => (long)box.Count);
        return missing == 0 && end >= last ? null : $"does not cover {missing} numbers";
    }

    private static uint Number(Random random) => (uint)random.NextInt64(1L << random.Next(1, 33));

    // FRR's '_' is a boundary of numbers.
    private static Regex Compile(string expression) =>
        new(expression.Replace("_", "(^|[,{}() ]|$)", StringComparison.Ordinal));

    /// <summary>The numbers of one pattern: a span of digits for every place.</summary>
    private sealed partial record Box((int From, int To)[] Digits)
    {
        public ulong Lowest => Value(digit => digit.From);

        public ulong Highest => Value(digit => digit.To);

        public ulong Count =>
            Digits.Aggregate(1UL, (count, digit) => count * (ulong)(digit.To - digit.From + 1));

        public static Box Parse(string pattern)
        {
            var places = Place().Matches(pattern);
            Assert.Equal(pattern, string.Concat(places.Select(place => place.Value)));
            var digits = places
                .Select(place =>
                    (
                        place.Value[place.Length > 1 ? 1 : 0] - '0',
                        place.Value[^(place.Length > 1 ? 2 : 1)] - '0'
                    )
                )
                .ToArray();
            Assert.True(digits.Length == 1 || digits[0].Item1 > 0, $"{pattern} has a leading zero");
            return new Box(digits);
        }

        public bool Overlaps(Box other) =>
            Digits.Length == other.Digits.Length
            && Digits
                .Zip(other.Digits)
                .All(pair =>
                    pair.First.From <= pair.Second.To && pair.Second.From <= pair.First.To
                );

        private ulong Value(Func<(int From, int To), int> digitOf) =>
            Digits.Aggregate(0UL, (value, digit) => (value * 10) + (ulong)digitOf(digit));

        [GeneratedRegex(@"\[[0-9]-[0-9]\]|[0-9]")]
        private static partial Regex Place();
    }
}
