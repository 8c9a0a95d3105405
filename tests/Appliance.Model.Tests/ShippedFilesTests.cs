using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Model.Reports;
using Appliance.Model.Validation;

namespace Appliance.Model.Tests;

public class ShippedFilesTests
{
    public static TheoryData<string> Networks =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(ShippedFiles.Folder, "networks"), "*.yaml")
                .Select(path => Path.GetFileName(path)),
        ];

    public static TheoryData<string> Profiles =>
        [
            .. Directory
                .EnumerateFiles(ShippedFiles.Folder, "*.yaml")
                .Select(path => Path.GetFileName(path)),
        ];

    [Fact]
    public void There_are_two_networks_and_two_profiles_at_least()
    {
        Assert.True(Networks.Count >= 2);
        Assert.True(Profiles.Count >= 2);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_shipped_network_has_no_findings(string file)
    {
        var loaded = NetworkFile.Read(Path.Combine(ShippedFiles.Folder, "networks", file));
        // It has a session of every kind, one that FreeBSD cannot guard among them.
        string[] known = file == "every-role.yaml" ? ["NET131"] : [];
        Assert.Equal(known, loaded.Report.Findings.Select(finding => finding.Code));
        Assert.NotNull(loaded.Value);
    }

    [Theory]
    [MemberData(nameof(Profiles))]
    public void A_shipped_profile_has_no_findings(string file)
    {
        var loaded = ProfileFile.Read(Path.Combine(ShippedFiles.Folder, file));
        Assert.Equal("", loaded.Report.ToText());
        Assert.NotNull(loaded.Value);
        Assert.Equal(file, $"{loaded.Value.Name}.yaml");
    }

    [Theory]
    [InlineData("example")]
    [InlineData("two-edges")]
    public void Every_site_of_a_shipped_network_fits_the_profile_it_names(string name)
    {
        var network = ShippedFiles.Network(name);
        var report = new Report();
        foreach (var site in network.Sites)
        {
            var profile = ShippedFiles.Profile(site.Profile.Value.Text);
            SiteProfileValidation.Validate(network, site, profile, report);
        }

        Assert.Equal("", report.ToText());
    }
}
