using Appliance.Build.Documents;
using Appliance.Model.Derived;
using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Rendering.Documents;
using PreflightHold = Appliance.Rendering.Documents.PreflightHold;

namespace Appliance.Build.Tests;

/// <summary>What a network file says about first boot arrives in the documents of its sites.</summary>
public class DocumentTests
{
    private const string More = """
        preflight: {hold: sessions, retry: 20}
        address_echo: {ipv4: "http://192.0.2.80/", ipv6: "https://echo.example.net/"}

        """;

    [Fact]
    public void The_policy_before_announcing_is_an_edge_s_and_the_echo_is_everybody_s()
    {
        var edge = Document("router01", text => text + More);
        Assert.Equal(
            (PreflightHold.Sessions, 20),
            (edge.Preflight!.Hold, edge.Preflight.RetrySeconds)
        );
        Assert.Equal("http://192.0.2.80/", edge.AddressEcho!.Ipv4);
        var downstream = Document("vps01", text => text + More);
        Assert.Null(downstream.Preflight);
        Assert.Equal("https://echo.example.net/", downstream.AddressEcho!.Ipv6);
    }

    [Fact]
    public void A_network_without_them_has_none()
    {
        var document = Document("router01", text => text);
        Assert.Null(document.Preflight);
        Assert.Null(document.AddressEcho);
        Assert.Null(document.Admin.SigningKeys);
    }

    [Fact]
    public void A_signing_key_travels_without_its_comment()
    {
        const string Key =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIP7RoGvVyEPkwEjVNVVUsXIiAGxK+00gvVMPYfhSsmlV";
        var document = Document(
            "router01",
            text =>
                text.Replace(
                    "  ssh_from:",
                    $"  signing_keys: [\"{Key} owner\"]\n  ssh_from:",
                    StringComparison.Ordinal
                )
        );
        Assert.Equal([Key], document.Admin.SigningKeys);
    }

    [Fact]
    public void A_device_may_be_the_one_with_the_default_route()
    {
        var document = Document(
            "router01",
            text =>
                text.Replace(
                    "{driver: vtnet, index: 0}, ipv4: 198",
                    "{default_route: true}, ipv4: 198",
                    StringComparison.Ordinal
                )
        );
        Assert.Equal(true, document.Interfaces[0].Match.DefaultRoute);
    }

    private static SiteDocument Document(string siteName, Func<string, string> change)
    {
        var text = File.ReadAllText(RepositoryRoot.Combine("profiles", "networks", "example.yaml"));
        var loaded = NetworkFile.Read(change(text), "example.yaml");
        Assert.Equal("", loaded.Report.ToText());
        var site = loaded.Value!.FindSite(siteName)!;
        var profile = ProfileFile
            .Read(RepositoryRoot.Combine("profiles", site.Profile.Value.Text + ".yaml"))
            .Value!;
        return SiteDocumentFactory.Create(
            loaded.Value,
            Derivation.For(loaded.Value, site),
            profile
        );
    }
}
