using System.Diagnostics;
using Appliance.Sources.Vulnerabilities;

namespace Appliance.Sources.Tests.Vulnerabilities;

public class NamePatternTests
{
    [Theory]
    [InlineData("frr10", "frr10", true)]
    [InlineData("frr10", "frr10-pythontools", false)]
    [InlineData("frr10", "FRR10", false)]
    [InlineData("frr*", "frr10", true)]
    [InlineData("*-rsync", "frr10", false)]
    [InlineData("py3?-foo", "py39-foo", true)]
    [InlineData("py3?-foo", "py311-foo", false)]
    [InlineData("php[0-9][0-9]", "php83", true)]
    [InlineData("php[!0-9]", "php8", false)]
    [InlineData("php[!0-9]", "phpa", true)]
    [InlineData("[]a]x", "]x", true)]
    [InlineData("a[b", "a[b", true)]
    [InlineData("a\\*", "a*", true)]
    [InlineData("a\\*", "ab", false)]
    [InlineData("c++", "c++", true)]
    [InlineData("a.c", "abc", false)]
    [InlineData("[^", "[^", true)]
    [InlineData("[z-a]", "b", false)]
    public void A_pattern_matches_as_fnmatch_does(string pattern, string name, bool matches) =>
        Assert.Equal(matches, new NamePattern(pattern).Matches(name));

    /// <summary>The shell's own case(1) patterns are fnmatch's.</summary>
    [Fact]
    public async Task Random_patterns_match_as_in_the_shell()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /bin/sh");
        var random = new Random(4711);
        var cases = Enumerable
            .Range(0, 3000)
            .Select(_ => (Pattern: Word(random, "ab*?[]-!", 6), Name: Word(random, "ab-]![", 5)))
            .ToList();
        var script = string.Concat(
            cases.Select(item =>
                $"n='{item.Name}'; p='{item.Pattern}'; case \"$n\" in $p) echo 1;; *) echo 0;; esac\n"
            )
        );
        using var shell = Process.Start(
            new ProcessStartInfo("/bin/sh")
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                Environment = { ["LC_ALL"] = "C" },
            }
        )!;
        var answers = shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.StandardInput.WriteAsync(script);
        shell.StandardInput.Close();
        var expected = (await answers).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(cases.Count, expected.Length);
        Assert.Contains("1", expected);
        Assert.All(
            cases.Zip(expected),
            item =>
                Assert.True(
                    (item.Second == "1")
                        == new NamePattern(item.First.Pattern).Matches(item.First.Name),
                    $"{item.First.Pattern} {item.First.Name}: the shell says {item.Second}"
                )
        );
    }

    private static string Word(Random random, string alphabet, int longest) =>
        new([
            .. Enumerable
                .Range(0, random.Next(longest + 1))
                .Select(_ => alphabet[random.Next(alphabet.Length)]),
        ]);
}
