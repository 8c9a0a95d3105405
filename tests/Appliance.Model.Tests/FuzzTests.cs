using System.Text;
using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;

namespace Appliance.Model.Tests;

/// <summary>Mutated files: whatever they say, reading ends, with a report and without an exception.</summary>
public class FuzzTests
{
    private const int Inputs = 16_000;
    private const string Secret = "Tr0ub4dor";

    /// <summary>Only a reading that hangs ever comes near this.</summary>
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static readonly string[] Pieces =
    [
        "\n",
        "\t",
        " ",
        "  ",
        ":",
        ": ",
        "- ",
        "-",
        "[",
        "]",
        "{",
        "}",
        ",",
        "#",
        " # ",
        "'",
        "\"",
        "|",
        ">",
        "|\n",
        "? ",
        "&a ",
        "*a",
        "!!x ",
        "!",
        "%",
        "@",
        "`",
        "---\n",
        "...\n",
        "<<: ",
        "~",
        "null",
        "true",
        "0",
        "-1",
        "4294967296",
        "99999999999999999999",
        "1e9",
        "0x10",
        "::/0",
        "0.0.0.0/0",
        "2001:db8::/32",
        "fe80::1",
        "::",
        "127.0.0.1",
        "10.0.0.0/8",
        "/128",
        "/127",
        "/32",
        "/0",
        "edge",
        "downstream",
        "gif",
        "gre",
        "router01",
        "vps01",
        "wan",
        "links:\n",
        "sites:\n",
        "mtu: 1280\n",
        "\u0000",
        "\u001b",
        "\u202e",
        "\ufeff",
        "\ud800",
        "é",
        "🦊",
        "\\",
        "\\x00",
        "\"\\u2028\"",
        "rest",
        "fit",
        "1K",
        "9999T",
        "root",
        "/**",
        "*",
        "**",
    ];

    [Theory]
    [InlineData("example", false)]
    [InlineData("two-edges", false)]
    [InlineData("edge", true)]
    [InlineData("sample", true)]
    public async Task Mutated_files_are_read_without_an_exception_or_a_hang(
        string name,
        bool isProfile
    )
    {
        var good = Good(name, isProfile);
        var random = new Random(name.Length + (isProfile ? 100 : 0));
        var current = "";
        var usable = 0;
        var run = Task.Run(
            () =>
            {
                for (var i = 0; i < Inputs / 4; i++)
                {
                    current = Mutate(random, good);
                    usable += Read(current, isProfile) ? 1 : 0;
                }
            },
            Stop
        );
        var ended = await Task.WhenAny(run, Task.Delay(Deadline, Stop));
        Assert.True(ended == run, $"reading does not end:\n{current}");
        Assert.True(run.Exception is null, $"{run.Exception}\n{current}");

        // Were nothing usable left, only the parser would have been tested.
        Assert.InRange(usable, 20, (Inputs / 4) - 20);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: {")]
    [InlineData("&a ")]
    [InlineData("!a ")]
    [InlineData("'")]
    [InlineData("\"\\")]
    [InlineData("|\n")]
    [InlineData("a:\n ")]
    [InlineData("- a\n")]
    [InlineData("a: b\n")]
    [InlineData(" a: b\n")]
    [InlineData("[],")]
    [InlineData("%")]
    [InlineData("---\n")]
    [InlineData("password: x\n")]
    public async Task A_mebibyte_of_one_piece_is_read_in_bounded_time(string piece)
    {
        foreach (var start in new[] { "", "schema: 1\n", "x: [", "sites: {a: " })
        {
            var text =
                start + string.Concat(Enumerable.Repeat(piece, ((1 << 20) - 20) / piece.Length));
            var run = Task.Run(() => NetworkFile.Read(text, "n.yaml").Report.ToText(), Stop);
            var report = await run.WaitAsync(Deadline, Stop);
            Assert.NotEmpty(report);
        }
    }

    [Fact]
    public async Task A_network_as_large_as_the_limit_allows_is_validated_in_bounded_time()
    {
        var text = new StringBuilder(Samples.Lab.Split("sites:")[0]).Append("sites:\n");
        const int Count = 2500;
        for (var i = 0; i < Count; i++)
        {
            var role = i % 2 == 0 ? "edge" : "downstream";
            text.Append(
                $"  s{i}: {{role: {role}, profile: p, hostname: h{i}.example.net, interfaces: {{w: {{match: "
            );
            text.Append(
                $"{{driver: em, index: 0}}, ipv4: 203.0.113.{(i % 200) + 2}/24, gateway4: 203.0.113.1}}}}"
            );
            text.Append(role == "edge" ? "}\n" : $", prefixes: [2001:db8:1c:{i:x}::/64]}}\n");
        }

        text.Append("links:\n");
        for (var i = 0; i + 1 < Count; i++)
        {
            text.Append($"- {{kind: gif, between: [s{i}, s{i + 1}]}}\n");
        }

        Assert.InRange(text.Length, 500_000, 1 << 20);
        var run = Task.Run(() => NetworkFile.Read(text.ToString(), "n.yaml").Report, Stop);
        var report = await run.WaitAsync(Deadline, Stop);
        Assert.Contains(report.Findings, f => f.Code == "NET026");
        Assert.DoesNotContain(
            report.Findings,
            f => f.Code.StartsWith("YAM", StringComparison.Ordinal)
        );
    }

    private static string Good(string name, bool isProfile)
    {
        if (name == "sample")
        {
            return Samples.Profile;
        }

        var text = ShippedFiles.Text(isProfile ? $"{name}.yaml" : $"networks/{name}.yaml");
        return text + (isProfile ? "" : $"password: {Secret}\n");
    }

    private static bool Read(string text, bool isProfile)
    {
        // A secret on a line of its own; the mutation may have torn the line apart.
        var isWhole = text.Split('\n').Contains($"password: {Secret}");
        var report = isProfile
            ? ProfileFile.Read(text, "p.yaml").Report
            : NetworkFile.Read(text, "n.yaml").Report;
        var shown = report.ToText();
        Assert.False(
            isWhole && shown.Contains(Secret, StringComparison.Ordinal),
            $"secret shown:\n{shown}"
        );

        var withoutSecret = text.Replace($"password: {Secret}\n", "", StringComparison.Ordinal);
        var value = isProfile
            ? (object?)ProfileFile.Read(withoutSecret, "p.yaml").Value
            : NetworkFile.Read(withoutSecret, "n.yaml").Value;
        foreach (var site in (value as Network)?.Sites ?? [])
        {
            Assert.NotNull(Derivation.For((Network)value!, site));
        }

        return value is not null;
    }

    private static string Mutate(Random random, string good)
    {
        var text = new StringBuilder(good);
        for (var count = random.Next(1, 4); count > 0; count--)
        {
            MutateOnce(random, text);
        }

        return text.ToString();
    }

    private static void MutateOnce(Random random, StringBuilder text)
    {
        var at = random.Next(text.Length);
        switch (random.Next(6))
        {
            case 0:
                text.Insert(at, Pieces[random.Next(Pieces.Length)]);
                break;
            case 1:
                text.Remove(at, Math.Min(random.Next(1, 6), text.Length - at));
                break;
            case 2:
                text[at] = (char)random.Next(32, 127);
                break;
            case 3:
                ReplaceDigit(random, text, at);
                break;
            case 4:
                ReplaceLine(random, text, keep: true);
                break;
            default:
                ReplaceLine(random, text, keep: false);
                break;
        }
    }

    private static void ReplaceDigit(Random random, StringBuilder text, int from)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i]))
            {
                text[i] = (char)('0' + random.Next(10));
                return;
            }
        }
    }

    // Takes a line out, and puts it somewhere else or not.
    private static void ReplaceLine(Random random, StringBuilder text, bool keep)
    {
        var lines = text.ToString().Split('\n').ToList();
        var index = random.Next(lines.Count);
        var line = lines[index];
        lines.RemoveAt(index);
        if (keep)
        {
            lines.Insert(random.Next(lines.Count + 1), line);
        }

        text.Clear().AppendJoin('\n', lines);
    }
}
