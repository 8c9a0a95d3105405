using Appliance.Build.Documents;
using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;

namespace Appliance.Build.Tests;

/// <summary>The sites of the shipped example network with the shipped profiles.</summary>
internal static class ExampleSite
{
    public static string Repository { get; } = FindRepository();

    public static Network Network { get; } = ReadNetwork();

    /// <summary>The request for a site; the profile can be changed first.</summary>
    public static BuildRequest Request(
        string siteName,
        string firstBootExecutable,
        Func<Profile, Profile>? change = null
    )
    {
        var site = Network.FindSite(siteName)!;
        var profile = ReadProfile(site.Profile.Value.Text);
        profile = change?.Invoke(profile) ?? profile;
        return new BuildRequest
        {
            Document = SiteDocumentFactory.Create(Network, Derivation.For(Network, site), profile),
            Profile = profile,
            OverlayFolder = Path.Combine(Repository, "overlay"),
            FirstBootExecutable = firstBootExecutable,
        };
    }

    private static Network ReadNetwork()
    {
        var loaded = NetworkFile.Read(
            Path.Combine(Repository, "profiles", "networks", "example.yaml")
        );
        Assert.Equal("", loaded.Report.ToText());
        return loaded.Value!;
    }

    private static Profile ReadProfile(string name)
    {
        var loaded = ProfileFile.Read(Path.Combine(Repository, "profiles", name + ".yaml"));
        Assert.Equal("", loaded.Report.ToText());
        return loaded.Value!;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Appliance.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }
}
