using Appliance.Build.Documents;
using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Rendering.Documents;

namespace Appliance.Tests.Support;

/// <summary>Site documents of the network files that come with the program.</summary>
internal static class Networks
{
    public static IReadOnlyList<SiteDocument> Shipped(string name) =>
        Documents(RepositoryRoot.Combine("profiles", "networks", name + ".yaml"));

    public static IReadOnlyList<SiteDocument> Documents(string path)
    {
        var loaded = NetworkFile.ReadFile(path, path);
        Assert.False(loaded.Report.HasErrors, loaded.Report.ToText());
        var network = loaded.Value!;
        return
        [
            .. network.Sites.Select(site =>
                SiteDocumentFactory.Create(network, Derivation.For(network, site), ProfileOf(site))
            ),
        ];
    }

    /// <summary>The example network, whose edges connect to a BMP station.</summary>
    public static IReadOnlyList<SiteDocument> WithStation(string host) =>
        [
            .. Shipped("example")
                .Select(site =>
                    site.Bgp is null
                        ? site
                        : site with
                        {
                            Bgp = site.Bgp with { Bmp = new(host, 11019) },
                        }
                ),
        ];

    private static Profile ProfileOf(Site site)
    {
        var path = RepositoryRoot.Combine("profiles", site.Profile.Value.Text + ".yaml");
        return ProfileFile.ReadFile(path, path).Value!;
    }
}
