using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Sources.Store;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Store;

/// <summary>The sets of a real release, where the cache of the user has them.</summary>
public class RealSetTests
{
    [Theory]
    [InlineData("kernel")]
    [InlineData("base")]
    public async Task A_real_set_is_what_bsdtar_finds_in_it(string name)
    {
        ForeignTool.RequireAll("bsdtar");
        var cache = CacheLocation.ForCurrentUser();
        var sets = cache.SetsDirectory("15.0-RELEASE", "amd64");
        Assert.SkipUnless(
            File.Exists(Path.Combine(sets, name + ".txz")),
            $"{name}.txz is not in {sets}"
        );
        Assert.SkipUnless(
            File.Exists(Path.Combine(sets, Manifest.FileName)),
            $"MANIFEST is not in {sets}"
        );

        using var downloader = new Downloader();
        using var directory = new TestDirectory();
        var request = new SetRequest
        {
            Release = "15.0-RELEASE",
            Architecture = "amd64",
            Sets = [name],
            Directory = sets,
            AcceptOthers = true,
        };
        var token = TestContext.Current.CancellationToken;
        var resolved = await new SetSource(cache, downloader).ResolveAsync(request, token);
        var layer = new LayerStore(directory.Cache).Get(resolved.Sets[0], token: token);
        LayerComparison.AssertEqual(resolved.Sets[0].Path, layer);
    }
}
