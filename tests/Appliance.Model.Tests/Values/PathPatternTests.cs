using System.Text.RegularExpressions;
using Appliance.Model.Values;

namespace Appliance.Model.Tests.Values;

public class PathPatternTests
{
    [Theory]
    [InlineData("/usr/tests", "/usr/tests", true)]
    [InlineData("/usr/tests", "/usr/tests/a/b", true)]
    [InlineData("/usr/tests", "/usr/tests2", false)]
    [InlineData("/usr/tests", "/usr", false)]
    [InlineData("/usr/lib/*.a", "/usr/lib/libc.a", true)]
    [InlineData("/usr/lib/*.a", "/usr/lib/x/libc.a", false)]
    [InlineData("/usr/bin/clang*", "/usr/bin/clang", true)]
    [InlineData("/usr/bin/clang*", "/usr/bin/clang++", true)]
    [InlineData("/usr/bin/ld", "/usr/bin/ldd", false)]
    [InlineData("/usr/**/*.debug", "/usr/lib/debug/x.debug", true)]
    [InlineData("/usr/**/*.debug", "/usr/x.debug", true)]
    [InlineData("/usr/share/locale/??_*", "/usr/share/locale/de_DE.UTF-8/LC_TIME", true)]
    [InlineData("/usr/share/locale/??_*", "/usr/share/locale/C.UTF-8/LC_TIME", false)]
    [InlineData("/*/a*b*c", "/x/aXXbYYc", true)]
    [InlineData("/*/a*b*c", "/x/aXXbYYcd", false)]
    public void A_pattern_matches_a_path_and_all_below_it(string pattern, string path, bool matches)
    {
        Assert.True(PathPattern.TryParse(pattern, out var value, out var reason), reason);
        Assert.Equal(matches, value.Matches(path));
    }

    [Fact]
    public void Random_patterns_agree_with_regular_expressions()
    {
        var random = new Random(3);
        var matched = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var text = "/" + RandomText(random, "ab*?/", 8);
            var path = "/" + RandomText(random, "ab/", 8).Trim('/');
            if (
                !PathPattern.TryParse(text, out var pattern, out _)
                || path.Contains("//", StringComparison.Ordinal)
                || path == "/"
            )
            {
                continue;
            }

            var expected = Regex.IsMatch(path, ToRegex(text));
            Assert.True(expected == pattern.Matches(path), $"{text} {path} {expected}");
            matched += expected ? 1 : 0;
        }

        Assert.True(matched > 100);
    }

    private static string ToRegex(string pattern)
    {
        var parts = pattern[1..]
            .Split('/')
            .Select(part =>
                part == "**"
                    ? "(/[^/]+)*"
                    : "/" + Regex.Escape(part).Replace("\\*", "[^/]*").Replace("\\?", "[^/]")
            );
        return "^" + string.Concat(parts) + "(/.*)?$";
    }

    private static string RandomText(Random random, string letters, int longest) =>
        string.Concat(
            Enumerable
                .Range(0, random.Next(1, longest))
                .Select(_ => letters[random.Next(letters.Length)])
        );
}
