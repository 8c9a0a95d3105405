using Appliance.Rendering.Documents;

namespace Appliance.Rendering.Tests;

/// <summary>What holds for every rendered file.</summary>
public class RenderedFileTests
{
    public static TheoryData<string> Sites => Fixture.All;

    [Theory]
    [MemberData(nameof(Sites))]
    public void The_same_document_gives_the_same_files(string site)
    {
        Assert.Equal(Fixture.Render(site), Fixture.Render(site));
    }

    [Fact]
    public void The_order_of_settings_in_the_document_does_not_matter()
    {
        var document = Fixture.Document("edge02");
        var reversed = document with
        {
            System = document.System with
            {
                Tunables = document.System.Tunables.Reverse().ToDictionary(),
                Sysctls = document.System.Sysctls.Reverse().ToDictionary(),
            },
        };
        Assert.Equal(Fixture.Render(document), Fixture.Render(reversed));
    }

    [Theory]
    [MemberData(nameof(Sites))]
    public void Files_are_text_with_line_feeds_and_have_one_place(string site)
    {
        var files = Fixture.Render(site);
        Assert.All(
            files,
            file =>
            {
                Assert.StartsWith("/", file.Path, StringComparison.Ordinal);
                Assert.EndsWith("\n", file.Content, StringComparison.Ordinal);
                Assert.DoesNotContain('\r', file.Content);
                Assert.DoesNotContain("{{", file.Content, StringComparison.Ordinal);
            }
        );
        Assert.Equal(files.Count, files.Select(file => file.Path).Distinct().Count());
    }

    [Fact]
    public void Files_of_the_image_do_not_depend_on_devices()
    {
        var document = Fixture.Document("edge02");
        var predicted = SiteRenderer.Render(document, InterfaceNames.Predict(document));
        Assert.Equal(
            Fixture.Render(document).Where(file => file.InImage),
            predicted.Where(file => file.InImage)
        );
        Assert.Contains(predicted, file => file.InImage);
    }

    [Fact]
    public void Keys_and_routing_policy_are_not_for_everybody()
    {
        var files = Fixture.Render("router01");
        var keys = files.Single(file => file.Path == "/root/.ssh/authorized_keys");
        Assert.Equal(0b110_000_000, keys.Mode);
        Assert.Equal(0b111_000_000, keys.FolderMode);
        var frr = files.Single(file => file.Path == "/usr/local/etc/frr/frr.conf");
        Assert.Equal((0b110_100_000, "frr", "frr"), (frr.Mode, frr.Owner, frr.Group));
    }

    [Fact]
    public void An_edge_without_the_FRR_package_has_its_configuration_but_no_service()
    {
        var document = Fixture.Document("router01");
        var files = Fixture.Render(document with { System = document.System with { Frr = false } });
        Assert.Contains(files, file => file.Path == "/usr/local/etc/frr/frr.conf");
        Assert.DoesNotContain("frr_", files.Text("/etc/rc.conf"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SiteRole.Downstream, "$.bgp")]
    [InlineData(SiteRole.Edge, "$.announced")]
    public void Parts_of_the_other_role_are_refused(SiteRole role, string where)
    {
        var document = Fixture.Document("vps01") with
        {
            Role = role,
            Bgp = Fixture.Document("router01").Bgp,
        };
        var exception = Assert.Throws<RenderingException>(() => Fixture.Render(document));
        Assert.Equal(where, exception.Where);
    }
}
