using Appliance.Sources.Packages.Versions;
using Appliance.Sources.Tests.Packages.Support;

namespace Appliance.Sources.Tests.Packages.Versions;

public class PackageVersionTests
{
    /// <summary>5,760 answers of pkg itself.</summary>
    [Fact]
    public void Versions_compare_as_pkg_compares_them()
    {
        var answers = File.ReadAllLines(PackageFixtures.File("versions.txt"))
            .Where(line => !line.StartsWith('#'))
            .ToList();
        Assert.True(answers.Count > 5000);
        var wrong = answers.Where(line =>
        {
            var parts = line.Split(' ');
            return Answer(parts[0], parts[2]) != parts[1];
        });
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("1.0", "=", "1.0.0")]
    [InlineData("1.0_1", ">", "1.0")]
    [InlineData("1.0,1", ">", "2.0_5")]
    [InlineData("10alpha", "<", "10")]
    [InlineData("10a", ">", "10")]
    [InlineData("2.*", "<", "2pl1")]
    [InlineData("frr10-10.2.1", "<", "frr10-10.10")]
    public void The_rules_in_short(string left, string answer, string right)
    {
        Assert.Equal(answer, Answer(left, right));
    }

    [Fact]
    public void Comparing_turned_round_gives_the_answer_turned_round()
    {
        var random = new Random(20);
        for (var round = 0; round < 20_000; round++)
        {
            var (left, right) = (Any(random), Any(random));
            Assert.Equal(0, PackageVersion.Compare(left, left));
            Assert.Equal(
                Math.Sign(PackageVersion.Compare(left, right)),
                -Math.Sign(PackageVersion.Compare(right, left))
            );
        }
    }

    private static string Any(Random random) =>
        new([
            .. Enumerable
                .Range(0, random.Next(12))
                .Select(_ => Letters[random.Next(Letters.Length)]),
        ]);

    private const string Letters = "0012359...aAbprczplsn_,+*-~:é\0";

    private static string Answer(string left, string right) =>
        Math.Sign(PackageVersion.Compare(left, right)) switch
        {
            < 0 => "<",
            > 0 => ">",
            _ => "=",
        };
}
