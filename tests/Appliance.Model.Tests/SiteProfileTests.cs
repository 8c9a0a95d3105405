using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Model.Reports;
using Appliance.Model.Validation;

namespace Appliance.Model.Tests;

public class SiteProfileTests
{
    /// <summary>The codes that only these tests produce.</summary>
    internal static readonly string[] Codes =
    [
        "PRO040",
        "PRO041",
        // Only the command line knows which files there are; its tests produce these three.
        "PRO045",
        "PRO046",
        "PRO048",
        "PRO047",
    ];

    [Theory]
    [InlineData("router01", "fibs: 2", "fibs: 1", "")]
    [InlineData("vps01", "fibs: 2", "fibs: 1", "PRO040")]
    [InlineData("router01", "loader: [if_gre, tcpmd5]", "loader: [tcpmd5]", "PRO041")]
    [InlineData("vps01", "loader: [if_gre, tcpmd5]", "loader: []", "")]
    [InlineData("router01", "loader: [if_gre, tcpmd5]", "loader: [if_gre]", "PRO041")]
    [InlineData(
        "router01",
        "loader: [if_gre, tcpmd5]\n  kld_list: [pf]",
        "loader: [if_gre]\n  kld_list: [pf, tcpmd5]",
        "PRO041"
    )]
    [InlineData("router01", "packages: [frr10]", "packages: [pkg]", "PRO047")]
    [InlineData("router01", "packages: [frr10]", "packages: [net/frr9]", "")]
    [InlineData("router01", "packages: [frr10]", "packages: [frr10-pythontools]", "PRO047")]
    [InlineData("vps01", "packages: [frr10]", "packages: [pkg]", "")]
    public void A_profile_must_have_what_the_site_needs(
        string siteName,
        string find,
        string instead,
        string code
    )
    {
        var network = NetworkFile.Read(Samples.Lab, "n.yaml").Value!;
        var site = network.FindSite(siteName)!;
        Assert.Empty(Check(network, site, Samples.Profile).Findings);

        var report = Check(
            network,
            site,
            Samples.Profile.Replace(find, instead, StringComparison.Ordinal)
        );
        Assert.Equal(code, string.Join(' ', report.Findings.Select(f => f.Code)));
        Assert.All(report.Findings, f => Assert.Equal(site.Profile.At.Span.Line, f.Line));
    }

    private static Report Check(Network network, Site site, string profileText)
    {
        var loaded = ProfileFile.Read(profileText, "p.yaml");
        Assert.Equal("", loaded.Report.ToText());
        var report = new Report();
        SiteProfileValidation.Validate(network, site, loaded.Value!, report);
        return report;
    }
}
