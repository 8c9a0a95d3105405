using System.Text.RegularExpressions;
using Appliance.Model.Reports;
using Appliance.Model.Tests.Releases;
using Appliance.Model.Tests.Yaml;

namespace Appliance.Model.Tests.Reports;

public partial class FindingCatalogueTests
{
    [Fact]
    public void Codes_and_titles_are_unique_and_in_order()
    {
        var codes = FindingCatalogue.All.Select(kind => kind.Code).ToList();
        Assert.Equal(codes.Distinct(), codes);
        Assert.All(codes, code => Assert.Matches(CodeForm(), code));
        foreach (var family in codes.GroupBy(code => code[..3]))
        {
            Assert.Equal(family.Order(StringComparer.Ordinal), family);
        }

        var titles = FindingCatalogue.All.Select(kind => kind.Title).ToList();
        Assert.Equal(titles.Distinct(), titles);
        Assert.All(
            FindingCatalogue.All,
            kind => Assert.EndsWith(".", kind.Why, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void Every_field_of_the_catalogue_is_an_entry_of_it()
    {
        var fields = typeof(FindingCatalogue)
            .GetFields()
            .Where(field => field.FieldType == typeof(FindingKind))
            .Select(field => (FindingKind)field.GetValue(null)!);
        Assert.Equal(fields, FindingCatalogue.All);
    }

    [Fact]
    public void Every_code_is_produced_by_a_case()
    {
        var tables = WrongFile
            .Table("Networks/wrong-networks.txt")
            .Concat(WrongFile.Table("Profiles/wrong-profiles.txt"))
            .Select(line => WrongFile.Parse(line).Code);
        var covered = tables
            .Concat(WholeFileTests.Codes)
            .Concat(SiteProfileTests.Codes)
            .Concat(InternetValidationTests.Codes)
            .Concat(ReleaseValidationTests.DatedCodes)
            .ToHashSet();
        Assert.Equal([], FindingCatalogue.All.Select(kind => kind.Code).Except(covered));
        Assert.Equal([], covered.Except(FindingCatalogue.All.Select(kind => kind.Code)));
    }

    [GeneratedRegex("^(YAM|VAL|NET|PRO)[0-9]{3}$")]
    private static partial Regex CodeForm();
}
