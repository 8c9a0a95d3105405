using System.Text;
using Appliance.Build.Documents;
using Appliance.Model.Derived;
using Appliance.Rendering;
using Appliance.Rendering.Documents;
using Appliance.Rendering.Verdicts;

namespace Appliance.Build.Tests;

/// <summary>An image that is nobody's yet, and may become any site of its profile.</summary>
public class ProfileImageTests(BuildFixture fixture) : IClassFixture<BuildFixture>
{
    private static readonly string[] BeforeFirstBoot = ["/boot/loader.conf", "/etc/fstab"];

    [Fact]
    public async Task It_offers_the_documents_of_its_sites_and_is_none_of_them()
    {
        using var assembled = await AssembleAsync(Request());
        var plan = assembled.Plan();
        Assert.Null(plan.Site);
        Assert.Equal(["router01"], plan.Choices);
        Assert.NotEqual(fixture.Assembled.Plan().DiskId, plan.DiskId);
        var files = plan.Composition!.Files.ToDictionary(file => file.Path);
        Assert.DoesNotContain(SiteDocument.TargetPath, files.Keys);
        Assert.Equal(
            ("site", "0600"),
            (files[Path("router01")].Origin, files[Path("router01")].Mode)
        );
        Assert.Equal(
            ("directory", "0755"),
            (files[SiteDocument.ChoicesPath].Kind, files[SiteDocument.ChoicesPath].Mode)
        );
    }

    [Fact]
    public async Task What_the_loader_reads_is_what_a_site_s_own_image_has()
    {
        using var assembled = await AssembleAsync(Request());
        Assert.All(
            BeforeFirstBoot,
            path => Assert.Equal(Settings(fixture.Assembled, path), Settings(assembled, path))
        );
    }

    [Fact]
    public async Task An_image_without_any_document_has_the_loader_s_files_all_the_same()
    {
        using var assembled = await AssembleAsync(Request() with { Choices = [] });
        Assert.All(
            BeforeFirstBoot,
            path => Assert.Equal(Settings(fixture.Assembled, path), Settings(assembled, path))
        );
        Assert.DoesNotContain(
            assembled.Plan().Composition!.Files,
            file =>
                file.Path.EndsWith(".json", StringComparison.Ordinal)
                && file.Path != ImageBase.TargetPath
        );
    }

    [Fact]
    public void A_document_that_first_boot_could_not_render_is_refused_here()
    {
        var request = Request();
        var broken = request.Choices![0] with { Hostname = "two words" };
        Assert.Throws<RenderingException>(() =>
            SiteBuild.Prepare(request with { Choices = [.. request.Choices, broken] })
        );
    }

    private BuildRequest Request()
    {
        var request = ExampleSite.Request("router01", fixture.FirstBoot);
        return request with
        {
            Document = SiteDocumentFactory.Unclaimed(ExampleSite.Network, request.Profile),
            Choices = [request.Document],
        };
    }

    private async Task<AssembledSite> AssembleAsync(BuildRequest request) =>
        SiteBuild
            .Prepare(request)
            .Assemble(
                new BuildInputs(await fixture.SetsAsync()),
                fixture.Release.Stores,
                null,
                TestContext.Current.CancellationToken
            );

    /// <summary>A file without its comments, which name the site.</summary>
    private static IEnumerable<string> Settings(AssembledSite site, string path)
    {
        var file = Assert.IsType<Imaging.Tree.FileNode>(site.Image.Tree.Find(path));
        var bytes = new byte[file.Content.Length];
        file.Content.Read(0, bytes);
        return Encoding.UTF8.GetString(bytes).Split('\n').Where(line => !line.StartsWith('#'));
    }

    private static string Path(string site) => $"{SiteDocument.ChoicesPath}/{site}.json";
}
