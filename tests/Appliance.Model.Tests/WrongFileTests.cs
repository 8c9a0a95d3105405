using Appliance.Model.Reports;

namespace Appliance.Model.Tests;

public class WrongFileTests
{
    public static TheoryData<string> Wrong =>
        [
            .. WrongFile
                .Table("Networks/wrong-networks.txt")
                .Concat(WrongFile.Table("Profiles/wrong-profiles.txt")),
        ];

    public static TheoryData<string> Bases => ["lab", "public", "profile"];

    [Theory]
    [MemberData(nameof(Bases))]
    public void A_good_file_has_no_findings(string name)
    {
        var file = new WrongFile(name, "", []);
        Assert.Equal("", file.Read(file.Good).ToText());
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_file_has_exactly_its_finding_where_it_is_wrong(string line)
    {
        var file = WrongFile.Parse(line);
        var (text, row, column) = file.Wrong();
        var report = file.Read(text);

        var found = report.Findings.Select(f => (f.Code, f.Line, f.Column));
        Assert.True(
            found.SequenceEqual([(file.Code, row, column)]),
            $"expected {file.Code} at {row}:{column}, got\n{report.ToText()}"
        );
        var finding = report.Findings[0];
        Assert.StartsWith("$", finding.Path, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Message);
        var expected = FindingCatalogue.All.Single(kind => kind.Code == file.Code).Severity;
        Assert.Equal(expected, finding.Severity);
    }
}
