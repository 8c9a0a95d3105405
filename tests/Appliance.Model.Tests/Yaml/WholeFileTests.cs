using System.Text;
using Appliance.Model.Networks;
using Appliance.Model.Reports;

namespace Appliance.Model.Tests.Yaml;

/// <summary>Files that are wrong as a whole.</summary>
public class WholeFileTests
{
    /// <summary>The codes that only these tests produce.</summary>
    internal static readonly string[] Codes =
    [
        "YAM001",
        "YAM002",
        "YAM005",
        "YAM010",
        "NET134",
        "NET135",
    ];

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("# only a comment\n")]
    [InlineData("---\n")]
    [InlineData("~")]
    public void An_empty_document_is_one_finding(string text) =>
        Assert.Equal("YAM005", Only(NetworkFile.Read(text, "n.yaml").Report).Code);

    [Fact]
    public void A_document_that_is_a_list_or_a_text_is_one_finding()
    {
        Assert.Equal("YAM022", Only(NetworkFile.Read("- a\n- b\n", "n.yaml").Report).Code);
        Assert.Equal("YAM022", Only(NetworkFile.Read("hello", "n.yaml").Report).Code);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_findings_not_exceptions()
    {
        var folder = Directory.CreateTempSubdirectory("model");
        Assert.Equal("YAM001", Only(NetworkFile.Read(folder.FullName).Report).Code);
        var missing = NetworkFile.Read(Path.Combine(folder.FullName, "none.yaml"));
        Assert.Equal("YAM001", Only(missing.Report).Code);
        Assert.Null(missing.Value);
        folder.Delete();
    }

    [Fact]
    public void A_file_with_a_byte_order_mark_is_read_and_one_that_is_not_utf8_is_not()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, Samples.Lab, new UTF8Encoding(true));
        Assert.Empty(NetworkFile.Read(path).Report.Findings);

        File.WriteAllText(
            path,
            Samples.Lab.Replace("# ", "", StringComparison.Ordinal) + "# \u00e9\n",
            Encoding.Latin1
        );
        var finding = Only(NetworkFile.Read(path).Report);
        Assert.Equal("YAM001", finding.Code);
        Assert.Contains("UTF-8", finding.Message, StringComparison.Ordinal);
        File.Delete(path);
    }

    [Theory]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    public void A_file_in_utf16_is_named_as_such_with_what_to_do(string encoding, bool mark)
    {
        var utf16 = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. mark ? utf16.GetPreamble() : [], .. utf16.GetBytes(Samples.Lab)];
        var finding = Only(NetworkFile.ReadBytes(bytes, "n.yaml").Report);
        Assert.Equal("YAM001", finding.Code);
        Assert.Contains("UTF-16", finding.Message, StringComparison.Ordinal);
        Assert.Contains("save it as UTF-8", finding.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_more_than_a_mebibyte_is_not_read()
    {
        var padding = new string('#', 1 << 20);
        Assert.Equal("YAM002", Only(NetworkFile.Read(Samples.Lab + padding, "n.yaml").Report).Code);
        var path = Path.GetTempFileName();
        File.WriteAllText(path, Samples.Lab + padding);
        Assert.Equal("YAM002", Only(NetworkFile.Read(path).Report).Code);
        File.Delete(path);
    }

    [Fact]
    public void Too_many_entries_end_the_reading()
    {
        var text = "schema: 1\nprefixes:\n" + string.Concat(Enumerable.Repeat("- a\n", 100_001));
        Assert.Equal("YAM010", Only(NetworkFile.Read(text, "n.yaml").Report).Code);
    }

    [Theory]
    [InlineData(255, null)]
    [InlineData(256, "NET134")]
    public void More_caches_than_FRR_has_preferences_are_one_finding(int count, string? code)
    {
        var list = string.Join(", ", Enumerable.Repeat("{host: 192.0.2.53}", count));
        var text = Samples.Lab.Replace(
            "- {host: 192.0.2.53, port: 3323}",
            $"[{list}]",
            StringComparison.Ordinal
        );
        Assert.Equal(
            code,
            NetworkFile.Read(text, "n.yaml").Report.Findings.SingleOrDefault()?.Code
        );
    }

    [Theory]
    [InlineData("64497:", 368, null)]
    [InlineData("64497:", 369, "NET135")]
    [InlineData("64497:1:", 311, null)]
    [InlineData("64497:1:", 312, "NET135")]
    public void More_communities_than_fit_a_line_of_FRR_are_one_finding(
        string beginning,
        int count,
        string? code
    )
    {
        var list = Enumerable.Range(1000, count).Select(i => $"\"{beginning}{i}\"");
        var text = Samples.Lab.Replace(
            "[\"64497:9501\"]",
            $"[{string.Join(", ", list)}]",
            StringComparison.Ordinal
        );
        Assert.Equal(
            code,
            NetworkFile.Read(text, "n.yaml").Report.Findings.SingleOrDefault()?.Code
        );
    }

    [Fact]
    public void Carriage_returns_at_the_ends_of_lines_change_nothing()
    {
        var text = Samples.Lab.Replace("\n", "\r\n", StringComparison.Ordinal);
        Assert.Equal("", NetworkFile.Read(text, "n.yaml").Report.ToText());
    }

    [Fact]
    public void A_billion_laughs_are_refused_and_expand_to_nothing()
    {
        var text = new StringBuilder("a0: &a0 lol\n");
        for (var i = 1; i <= 20; i++)
        {
            text.Append('a').Append(i).Append(": &a").Append(i).Append(" [");
            text.AppendJoin(',', Enumerable.Repeat($"*a{i - 1}", 9)).Append("]\n");
        }

        var findings = NetworkFile.Read(text.ToString(), "n.yaml").Report.Findings;
        Assert.InRange(findings.Count(f => f.Code == "YAM007"), 1, 201);
    }

    private static Finding Only(Report report) => Assert.Single(report.Findings);
}
