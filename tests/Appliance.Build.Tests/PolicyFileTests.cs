using Appliance.Build.Documents;
using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Rendering;
using Appliance.Rendering.Policies;

namespace Appliance.Build.Tests;

/// <summary>
/// frr.conf of every edge of every shipped network, from the network file to the last line.
/// APPLIANCE_UPDATE_GOLDEN=1 rewrites them; the change is then seen in review.
/// </summary>
public class PolicyFileTests
{
    public static TheoryData<string, string> Edges
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var file in Directory.EnumerateFiles(Networks, "*.yaml").Order())
            {
                var name = Path.GetFileNameWithoutExtension(file);
                foreach (var site in Read(name).Sites.Where(site => site.Role == Role.Edge))
                {
                    data.Add(name, site.Name.Text);
                }
            }

            return data;
        }
    }

    private static string Networks => RepositoryRoot.Combine("profiles", "networks");

    [Theory]
    [MemberData(nameof(Edges))]
    public void The_policy_of_an_example_is_as_recorded(string networkName, string siteName)
    {
        var text = Render(networkName, siteName);
        var path = RepositoryRoot.Combine(
            "tests",
            "Appliance.Build.Tests",
            "Golden",
            networkName,
            $"{siteName}.frr.conf"
        );
        if (Environment.GetEnvironmentVariable("APPLIANCE_UPDATE_GOLDEN") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        Assert.True(File.Exists(path), $"{path} is not recorded");
        Assert.Equal(File.ReadAllText(path), text);
    }

    [Fact]
    public void A_change_of_the_network_file_reaches_the_policy()
    {
        var changed = File.ReadAllText(Path.Combine(Networks, "exchange.yaml"))
            .Replace("local_pref: 220", "local_pref: 221", StringComparison.Ordinal);
        var before = Render("exchange", "ix1").Split('\n');
        var after = Render(Parse(changed, "exchange"), "ix1").Split('\n');
        var differing = before.Zip(after).Where(pair => pair.First != pair.Second).ToList();
        Assert.Equal([(" set local-preference 220", " set local-preference 221")], differing);
    }

    private static string Render(string networkName, string siteName) =>
        Render(Read(networkName), siteName);

    private static string Render(Network network, string siteName)
    {
        var site = network.FindSite(siteName)!;
        var profile = ProfileFile.Read(
            RepositoryRoot.Combine("profiles", $"{site.Profile.Value.Text}.yaml")
        );
        var document = SiteDocumentFactory.Create(
            network,
            Derivation.For(network, site),
            profile.Value!
        );
        document = document with { System = document.System with { FrrVersion = "10.7" } };
        return FrrPolicy.Render(
            document,
            new InterfaceNames(
                document
                    .Interfaces.Select((item, index) => (item.Name, Device: $"vtnet{index}"))
                    .ToDictionary(item => item.Name, item => item.Device)
            )
        );
    }

    private static Network Read(string name) =>
        Parse(File.ReadAllText(Path.Combine(Networks, $"{name}.yaml")), name);

    private static Network Parse(string text, string name)
    {
        var loaded = NetworkFile.Read(text, $"{name}.yaml");
        Assert.False(loaded.Report.HasErrors, loaded.Report.ToText());
        return loaded.Value!;
    }
}
