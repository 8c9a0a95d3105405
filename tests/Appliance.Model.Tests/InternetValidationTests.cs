using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Validation;

namespace Appliance.Model.Tests;

/// <summary>A network against the Internet of a certain day.</summary>
public class InternetValidationTests
{
    internal static readonly string[] Codes = ["NET106", "NET119"];

    private static readonly DateOnly Written = new(2026, 1, 15);

    [Theory]
    [InlineData("2026-01-15", "")]
    [InlineData("2027-01-15", "")]
    [InlineData("2027-01-16", "366 days")]
    [InlineData("2030-01-01", "1447 days")]
    [InlineData("2025-01-01", "")]
    public void Old_data_is_a_finding_that_says_how_old(string today, string age)
    {
        var report = Check(Samples.Lab, DateOnly.Parse(today, null));
        Assert.Equal(age.Length > 0 ? ["NET119"] : [], report.Findings.Select(f => f.Code));
        Assert.Contains(age, report.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Old_data_matters_to_those_who_take_routes()
    {
        var text = Samples
            .Lab.Replace("over: wan,", "over: wan, import: nothing,", StringComparison.Ordinal)
            .Replace("asn: 64497", "asn: 64497\n        import: nothing", StringComparison.Ordinal);
        Assert.Empty(Check(text, new DateOnly(2040, 1, 1)).Findings);
    }

    [Theory]
    [InlineData("maximum_prefix: 249999", "NET106")]
    [InlineData("maximum_prefix: 250000", "")]
    [InlineData("maximum_prefix: 1000, import: partial", "")]
    [InlineData("maximum_prefix: 1000, role: peer", "")]
    public void A_limit_below_today_s_table_is_a_finding(string keys, string code)
    {
        var text = Samples
            .Lab.Replace("over: wan,", $"over: wan, {keys},", StringComparison.Ordinal)
            .Replace("        gateway6: 2001:db8:100::1\n", "", StringComparison.Ordinal);
        var report = Check(text, Written);
        Assert.Equal(code.Length > 0 ? [code] : [], report.Findings.Select(f => f.Code));
        Assert.All(
            report.Findings,
            finding =>
                Assert.Equal("$.sites.router01.upstreams.lagrange.maximum_prefix", finding.Path)
        );
    }

    private static Report Check(string text, DateOnly today)
    {
        var network = NetworkFile.Read(text, "n.yaml");
        Assert.Equal("", network.Report.ToText());
        var report = new Report();
        var facts = new InternetFacts(Written, Ipv4Routes: 1_050_000, Ipv6Routes: 250_000);
        InternetValidation.Validate(network.Value!, facts, today, report);
        return report;
    }
}
