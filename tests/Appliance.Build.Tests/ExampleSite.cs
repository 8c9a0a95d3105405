using Appliance.Build.Documents;
using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;

namespace Appliance.Build.Tests;

/// <summary>The sites of the shipped example network with the shipped profiles.</summary>
internal static class ExampleSite
{
    public static Network Network { get; } = ReadNetwork();

    /// <summary>The request for a site without packages; the profile can be changed first.</summary>
    public static BuildRequest Request(
        string siteName,
        string firstBootExecutable,
        Func<Profile, Profile>? change = null
    )
    {
        var site = Network.FindSite(siteName)!;
        var profile = ReadProfile(site.Profile.Value.Text).WithoutPackages();
        profile = change?.Invoke(profile) ?? profile;
        return new BuildRequest
        {
            Document = SiteDocumentFactory.Create(Network, Derivation.For(Network, site), profile),
            Profile = profile,
            OverlayFolder = RepositoryRoot.Combine("overlay"),
            FirstBootExecutable = firstBootExecutable,
        };
    }

    private static Network ReadNetwork()
    {
        var loaded = NetworkFile.Read(
            RepositoryRoot.Combine("profiles", "networks", "example.yaml")
        );
        Assert.Equal("", loaded.Report.ToText());
        return loaded.Value!;
    }

    private static Profile ReadProfile(string name)
    {
        var loaded = ProfileFile.Read(RepositoryRoot.Combine("profiles", name + ".yaml"));
        Assert.Equal("", loaded.Report.ToText());
        return loaded.Value!;
    }
}
