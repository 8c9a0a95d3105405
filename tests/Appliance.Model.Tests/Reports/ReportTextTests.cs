using Appliance.Model.Networks;
using Appliance.Model.Reports;

namespace Appliance.Model.Tests.Reports;

public class ReportTextTests
{
    [Fact]
    public void A_report_reads_like_this()
    {
        var text = Samples
            .Lab.Replace("loopback: 2001", "lopback: 2001", StringComparison.Ordinal)
            .Replace(
                "gateway4: 198.51.100.1\n",
                "gateway4: 198.51.101.1\n",
                StringComparison.Ordinal
            )
            .Replace("hostname: vps01.example.net", "hostname: vps01", StringComparison.Ordinal)
            .Replace("{secret: ifog-md5}", "hunter2 # \u001b[31m", StringComparison.Ordinal)
            .Replace("\u001b", "", StringComparison.Ordinal);
        var loaded = NetworkFile.Read(text, "networks/lab.yaml");

        Assert.Null(loaded.Value);
        Assert.Equal((3, 1), (loaded.Report.ErrorCount, loaded.Report.WarningCount));
        const string Expected = """
            error[YAM020] networks/lab.yaml:19:5  $.sites.router01.lopback: the key "lopback" is not known here
              19 |     lopback: 2001:db8:1c::1
                 |     ^~~~~~~
              hint: did you mean loopback?
            error[NET021] networks/lab.yaml:24:19  $.sites.router01.interfaces.wan.gateway4: gateway 198.51.101.1 is no host of 198.51.100.0/24, the prefix of wan
              24 |         gateway4: 198.51.101.1
                 |                   ^~~~~~~~~~~~
              hint: check the address's prefix length; the gateway must be on the same link
            error[NET060] networks/lab.yaml:36:19  $.sites.router01.upstreams.ifog.password: a secret is written in plain
              36 |         password: ****
                 |                   ^
              hint: name it instead, as in "password: {secret: ifog-md5}", and change it: it has been in a file
            warning[NET025] networks/lab.yaml:41:15  $.sites.vps01.hostname: vps01 has no domain
              41 |     hostname: vps01
                 |               ^~~~~
              hint: write vps01.example.net with your own domain

            """;
        Assert.Equal(Expected, loaded.Report.ToText());
    }

    [Fact]
    public void Findings_come_in_the_order_of_the_text_and_only_once()
    {
        var report = new Report();
        var late = new SourceLocation("b.yaml", "$.x", new SourceSpan(2, 3, 2, 4));
        report.Add(FindingCatalogue.UnknownKey, late, "late");
        report.Add(FindingCatalogue.UnknownKey, late, "late");
        report.Add(
            FindingCatalogue.MissingKey,
            late with
            {
                Span = new SourceSpan(2, 1, 2, 2),
            },
            "before"
        );
        report.Add(FindingCatalogue.NoSshKeys, late with { File = "a.yaml" }, "first");
        var other = new Report();
        other.Add(FindingCatalogue.UnknownKey, late, "late");
        other.Add(
            FindingCatalogue.UnknownKey,
            late with
            {
                Span = new SourceSpan(1, 9, 1, 10),
            },
            "early"
        );
        report.Add(other);

        Assert.Equal(["first", "early", "before", "late"], report.Findings.Select(f => f.Message));
        Assert.True(report.HasErrors);
    }

    [Fact]
    public void Without_its_source_a_finding_is_one_line()
    {
        var report = new Report();
        report.Add(
            FindingCatalogue.NoUpstreams,
            new SourceLocation("n.yaml", "$.sites.a", SourceSpan.Start),
            "message"
        );
        Assert.Equal("warning[NET037] n.yaml:1:1  $.sites.a: message\n", report.ToText());
        Assert.False(report.HasErrors);
    }

    [Fact]
    public void Of_a_long_line_the_part_around_the_finding_is_shown()
    {
        var text = new SourceText("n.yaml", new string('x', 5000) + "HERE" + new string('y', 5000));
        var report = new Report();
        report.AddSource(text);
        report.Add(
            FindingCatalogue.UnknownKey,
            new SourceLocation("n.yaml", "$", new SourceSpan(1, 5001, 1, 5005)),
            "m"
        );
        var lines = report.ToText().Split('\n');
        Assert.True(lines[1].Length < 200);
        Assert.Equal(
            "HERE",
            lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 4)
        );
        Assert.EndsWith("^~~~", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_of_a_file_do_not_reach_the_terminal()
    {
        var report = NetworkFile
            .Read("schema: \u001b]0;owned\u0007 1\n\u202ex: 1\n", "n.yaml")
            .Report;
        Assert.NotEmpty(report.Findings);
        Assert.DoesNotContain(report.ToText(), c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202e', report.ToText());
    }

    [Theory]
    [InlineData("    loopback:", "    lopback:", "did you mean loopback?")]
    [InlineData("role: edge", "role: egde", "did you mean edge?")]
    [InlineData("over: wan,", "over: wna,", "did you mean wan?")]
    [InlineData("[router01, vps01]", "[router1, vps01]", "did you mean router01?")]
    [InlineData(
        "{kind: gif",
        "{kind: gif, colour: red",
        "known here: kind, between, number, mtu, over"
    )]
    [InlineData("  ssh_keys:", "  ssh_key:", "did you mean ssh_keys?")]
    public void A_misspelling_has_a_hint(string find, string instead, string hint)
    {
        var text = Samples.Lab.Replace(find, instead, StringComparison.Ordinal);
        var report = NetworkFile.Read(text, "n.yaml").Report;
        Assert.Contains(report.Findings, f => f.Hint == hint);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public void On_a_terminal_no_line_is_wider_than_it(int width)
    {
        var text = Samples
            .Lab.Replace("    loopback:", "    lopback:", StringComparison.Ordinal)
            .Replace("driver: vtnet", "driver: eth", StringComparison.Ordinal)
            .Replace("{secret: ifog-md5}", "{secret: ../../x}", StringComparison.Ordinal);
        var report = NetworkFile.Read(text, "n.yaml").Report;
        var lines = report.ToText(new ReportStyle(width)).TrimEnd('\n').Split('\n');
        Assert.All(lines, line => Assert.InRange(line.Length, 1, width));
        Assert.Equal(Words(report.ToText().Split('\n')), Words(lines));
    }

    /// <summary>All words but those of the source lines, which are cut.</summary>
    private static IEnumerable<string> Words(IEnumerable<string> lines) =>
        lines
            .Where(line => !line.Contains(" | ", StringComparison.Ordinal))
            .SelectMany(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Of_a_line_wider_than_the_terminal_the_part_around_the_finding_is_shown()
    {
        var report = new Report();
        report.AddSource(
            new SourceText("n.yaml", new string('x', 100) + "HERE" + new string('y', 99))
        );
        report.Add(
            FindingCatalogue.UnknownKey,
            new SourceLocation("n.yaml", "$", new SourceSpan(1, 101, 1, 105)),
            "m"
        );
        var lines = report.ToText(new ReportStyle(80)).Split('\n');
        Assert.InRange(lines[1].Length, 1, 80);
        Assert.Equal(
            "HERE",
            lines[1].Substring(lines[2].IndexOf('^', StringComparison.Ordinal), 4)
        );
    }

    [Fact]
    public void Colour_is_added_to_the_words_and_changes_nothing_else()
    {
        var text = Samples.Lab.Replace("    loopback:", "    lopback:", StringComparison.Ordinal);
        var report = NetworkFile.Read(text, "n.yaml").Report;
        var coloured = report.ToText(new ReportStyle(Colour: true));
        Assert.Contains(
            "\u001b[1;31merror[YAM020]\u001b[0m n.yaml",
            coloured,
            StringComparison.Ordinal
        );
        Assert.Equal(
            report.ToText(),
            System.Text.RegularExpressions.Regex.Replace(coloured, "\u001b\\[[0-9;]*m", "")
        );
    }

    [Theory]
    [InlineData("driver: vtnet", "driver: eth", "Linux's name", "vtnet (virtio)")]
    [InlineData("driver: vtnet", "driver: no", "truth value of YAML", "vtnet (virtio)")]
    [InlineData("profile: edge", "profile: 1edge", "must begin with a lower-case letter", "")]
    [InlineData(
        "ipv4: 198.51.100.10/24",
        "ipv4: dhcp",
        "cannot be used here",
        "ipv4: 198.51.100.10/24"
    )]
    [InlineData("{secret: ifog-md5}", "{secret: ../../x}", "not the name of a secret", "")]
    public void A_message_says_what_is_wrong_and_what_to_write(
        string find,
        string instead,
        string wrong,
        string right
    )
    {
        var text = Samples.Lab.Replace(find, instead, StringComparison.Ordinal);
        var report = NetworkFile.Read(text, "n.yaml").Report.ToText();
        Assert.Contains(wrong, report, StringComparison.Ordinal);
        Assert.Contains(right, report, StringComparison.Ordinal);
        Assert.DoesNotContain("has no prefix length", report, StringComparison.Ordinal);
        Assert.DoesNotContain("written in plain", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "over: wan, neighbor: 2001:db8:100::1",
        "over: wan, neighbor: 2001:db8:999::1",
        true
    )]
    [InlineData("neighbor: 2001:db8:300::3", "neighbor: 2001:db8:301::3", false)]
    public void Multihop_is_a_hint_only_where_a_gateway_may_lead_to_the_neighbor(
        string find,
        string instead,
        bool isHinted
    )
    {
        Assert.Contains(find, Samples.Lab, StringComparison.Ordinal);
        var text = Samples.Lab.Replace(find, instead, StringComparison.Ordinal);
        var finding = Assert.Single(
            NetworkFile.Read(text, "n.yaml").Report.Findings,
            f => f.Code == "NET051"
        );
        Assert.Equal(isHinted, finding.Hint!.Contains("multihop", StringComparison.Ordinal));
    }
}
