using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Appliance.Rendering.Network;

namespace Appliance.Rendering.Tests;

/// <summary>The expressions say the same as the ranges they stand for.</summary>
public class BogonTests
{
    [Fact]
    public void Expressions_match_the_numbers_of_their_class_and_no_others()
    {
        foreach (var item in Bogons.AsnClasses)
        {
            Assert.Empty(Mistaken(item));
        }
    }

    [Fact]
    public void An_expression_one_number_short_is_noticed()
    {
        var wrong = new AsnClass("wrong", 65536, 131071, "_(6553[6-9]|130[0-9][0-9][0-9])_");
        Assert.NotEmpty(Mistaken(wrong));
    }

    [Fact]
    public void A_number_is_found_anywhere_in_a_path()
    {
        var private16 = Compile(Bogons.AsnClasses[2]);
        Assert.Matches(private16, "64512 3356 1299");
        Assert.Matches(private16, "3356 64512 1299");
        Assert.Matches(private16, "3356 1299 64512");
        Assert.DoesNotMatch(private16, "3356 1299 164512 645120");
    }

    [Fact]
    public void Sources_that_a_site_uses_are_not_dropped()
    {
        IPNetwork[] used = [IPNetwork.Parse("10.1.2.0/24"), IPNetwork.Parse("2001:db8:1c::/48")];
        var sources = Bogons.SourcesExcept(used).ToList();
        Assert.DoesNotContain("10.0.0.0/8", sources);
        Assert.DoesNotContain("2001:db8::/32", sources);
        Assert.Contains("192.168.0.0/16", sources);
        Assert.Contains("fc00::/7", sources);
    }

    private static List<uint> Mistaken(AsnClass item)
    {
        var expression = Compile(item);
        return
        [
            .. Candidates()
                .Where(asn =>
                    expression.IsMatch(asn.ToString(CultureInfo.InvariantCulture))
                    != item.Contains(asn)
                ),
        ];
    }

    /// <summary>All numbers to 200,000, the ends of every class, and a spread over the rest.</summary>
    private static IEnumerable<uint> Candidates()
    {
        var ends = Bogons.AsnClasses.SelectMany(item =>
            new[] { item.First, item.Last, unchecked(item.First - 1), unchecked(item.Last + 1) }
        );
        var spread = Enumerable.Range(0, 40_000).Select(step => (uint)(step * 107_374L));
        return Enumerable
            .Range(0, 200_000)
            .Select(number => (uint)number)
            .Concat(ends)
            .Concat(spread);
    }

    // FRR's '_' is a boundary of numbers.
    private static Regex Compile(AsnClass item) =>
        new(item.Expression.Replace("_", "(^|[ ]|$)", StringComparison.Ordinal));
}
