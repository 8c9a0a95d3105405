using System.Text;
using System.Text.RegularExpressions;
using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests.Policies;

/// <summary>Which passwords and keys can be used, and that those that can arrive as they are at FRR and at setkey(8).</summary>
public partial class SecretFormTests
{
    private const string Secret = "ifog-md5";
    private const string Frr = "/usr/local/etc/frr/frr.conf";
    private const string Ipsec = "/etc/ipsec.conf";

    private static readonly SiteDocument Document = Fixture.Document("router01");

    [Theory]
    [InlineData("a#b")]
    [InlineData("#")]
    [InlineData("!a")]
    [InlineData("a!b")]
    [InlineData("say\"so")]
    [InlineData("\"quoted\"")]
    [InlineData("it's")]
    [InlineData("back\\slash\\")]
    [InlineData("semi;colon")]
    [InlineData("0x1234")]
    [InlineData("{secret:x}|$HOME`id`")]
    public void A_password_of_printable_ASCII_without_blanks_arrives_as_it_is(string value)
    {
        Assert.Null(DocumentSecrets.Problem(Document, Secret, value));
        AssertArrives(value);
    }

    [Theory]
    [InlineData("", "it is empty")]
    [InlineData("two words", "a blank")]
    [InlineData(" x", "a blank")]
    [InlineData("tab\there", "a control character")]
    [InlineData("line\nend", "a control character")]
    [InlineData("bell\u0007", "a control character")]
    [InlineData("c1\u009b", "a control character")]
    [InlineData("schlüssel", "not ASCII")]
    [InlineData("\ufeffbom", "not ASCII")]
    [InlineData("non\u00a0breaking", "not ASCII")]
    public void Any_other_password_is_refused_with_its_reason_and_without_its_value(
        string value,
        string reason
    )
    {
        var problem = DocumentSecrets.Problem(Document, Secret, value);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
        Assert.True(value.Length == 0 || !problem!.Contains(value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(80, true)]
    [InlineData(81, false)]
    [InlineData(4096, false)]
    public void A_password_has_at_most_80_characters(int length, bool isUsable)
    {
        var problem = DocumentSecrets.Problem(Document, Secret, new string('x', length));
        Assert.Equal(isUsable, problem is null);
        if (!isUsable)
        {
            Assert.Contains($"{length} characters", problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_the_rule_accepts_renders_as_it_is_and_what_it_refuses_never_renders()
    {
        var random = new Random(20261201);
        var accepted = 0;
        for (var round = 0; round < 3000; round++)
        {
            var value = Any(random);
            var usable = DocumentSecrets.Usable(
                Document,
                new Dictionary<string, string> { [Secret] = value }
            );
            if (usable.Count > 0)
            {
                accepted++;
                AssertArrives(value);
                continue;
            }

            Assert.Throws<RenderingException>(() => Render(value));
            Assert.Equal(
                "neighbor.ifog",
                Assert
                    .Single(
                        DocumentSecrets.Gaps(
                            Document,
                            new Dictionary<string, string> { [Secret] = value }
                        )
                    )
                    .Subject
            );
        }

        Assert.InRange(accepted, 500, 2500);
    }

    [Fact]
    public void A_missing_secret_is_a_gap_of_its_session_alone()
    {
        var gap = Assert.Single(DocumentSecrets.Gaps(Document, new Dictionary<string, string>()));
        Assert.Equal(new SecretGap("neighbor.ifog", Secret, SecretGap.Missing), gap);
    }

    private static string Any(Random random)
    {
        var text = new StringBuilder();
        var wild = random.Next(3) == 0;
        for (var left = random.Next(0, 90); left >= 0; left--)
        {
            text.Append(
                wild && random.Next(10) == 0
                    ? (char)random.Next(0, 0x250)
                    : (char)random.Next('!', '~' + 1)
            );
        }

        return text.ToString();
    }

    private static void AssertArrives(string value)
    {
        var files = Render(value);
        var line = files
            .Text(Frr)
            .Split('\n')
            .Single(line => line.Contains(" password ", StringComparison.Ordinal));
        // FRR's cmd_make_strvec: a comment begins a line, and words end at blanks.
        Assert.Equal(["neighbor", "2001:db8:300::3", "password", value], line[1..].Split(' '));
        var keys = files
            .Text(Ipsec)
            .Split('\n')
            .Where(line => line.StartsWith("add", StringComparison.Ordinal))
            .Select(Key)
            .ToList();
        Assert.Equal([value, value], keys);
    }

    /// <summary>As setkey's token.l and parse.y read a key.</summary>
    private static string Key(string line)
    {
        var match = SetkeyLine().Match(line);
        Assert.True(match.Success, line);
        var hexadecimal = match.Groups["hex"].Value;
        return hexadecimal.Length == 0
            ? match.Groups["quoted"].Value
            : Encoding.ASCII.GetString(Convert.FromHexString(hexadecimal));
    }

    private static IReadOnlyList<RenderedFile> Render(string password) =>
        SiteRenderer.Render(
            Document,
            Fixture.Devices(Document),
            new Secrets(new Dictionary<string, string> { [Secret] = password })
        );

    [GeneratedRegex(
        "^add -6 \\S+ \\S+ tcp 0x1000 -A tcp-md5 (\"(?<quoted>[^\"]*)\"|0x(?<hex>[0-9a-f]+));$"
    )]
    private static partial Regex SetkeyLine();
}
