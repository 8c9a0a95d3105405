using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Sets;

/// <summary>Where sets are found, and what is fetched.</summary>
public sealed class SetSourceTests : SetSourceFixture
{
    [Fact]
    public async Task Sets_in_the_cache_need_no_network()
    {
        PutAll(InCache);
        var resolved = await Resolve(Request());
        Assert.Empty(server.Log);
        Assert.All(resolved.Sets, set => Assert.Equal(SetState.Cached, set.State));
        Assert.Equal(["base", "kernel"], resolved.Sets.Select(set => set.Name));
        Assert.Equal(
            [baseSet.Length, kernelSet.Length],
            resolved.Sets.Select(set => set.Size!.Value)
        );
        Assert.Equal(
            [Bytes.Sha256(baseSet), Bytes.Sha256(kernelSet)],
            resolved.Sets.Select(set => set.Sha256)
        );
        Assert.False(resolved.Pinned);
        Assert.Equal(resolved.Sets, (await Fetch(resolved)).Sets);
        Assert.Empty(server.Log);
    }

    [Fact]
    public async Task An_empty_cache_is_filled_from_the_mirror_and_pinned()
    {
        ServeAll();
        var resolved = await Resolve(Request());
        Assert.Equal(["GET MANIFEST", "HEAD base.txz", "HEAD kernel.txz"], Requests());
        Assert.All(resolved.Sets, set => Assert.Equal(SetState.Missing, set.State));
        Assert.Equal(new Uri(server.Url, OnMirror + "base.txz"), resolved.Sets[0].Url);
        Assert.Equal(baseSet.Length, resolved.Sets[0].Size);
        var fetched = await Fetch(resolved);
        Assert.All(fetched.Sets, set => Assert.Equal(SetState.Cached, set.State));
        Assert.Equal(
            [InCache + "MANIFEST", InCache + "base.txz", InCache + "kernel.txz"],
            directory.Files(InCache)
        );
        Assert.Equal(baseSet, File.ReadAllBytes(fetched.Sets[0].Path));
        Assert.Equal(
            new LockedSet("base", "base.txz", baseSet.Length, Bytes.Sha256(baseSet)),
            fetched.ToLock().Find("base")
        );
    }

    [Fact]
    public async Task A_lock_decides_and_the_MANIFEST_is_not_asked()
    {
        ServeAll();
        server.Serve(OnMirror + "MANIFEST", Bytes.Of("nonsense"));
        var resolved = await Resolve(Request() with { Lock = Lock() });
        Assert.Empty(server.Log);
        Assert.True(resolved.Pinned);
        Assert.Equal(kernelSet, File.ReadAllBytes((await Fetch(resolved)).Sets[1].Path));
    }

    [Fact]
    public async Task A_directory_is_used_as_it_is_and_never_the_network()
    {
        PutAll("brought/");
        var request = Request() with { Directory = directory.File("brought") };
        var resolved = await Resolve(request);
        Assert.Equal(directory.File("brought/base.txz"), resolved.Sets[0].Path);
        Assert.All(resolved.Sets, set => Assert.Null(set.Url));
        File.Delete(directory.File("brought/kernel.txz"));
        Assert.Contains(
            "Put these files into " + directory.File("brought"),
            await Missing(request),
            StringComparison.Ordinal
        );
        Assert.Empty(server.Log);
        Assert.Equal(["brought/MANIFEST", "brought/base.txz"], directory.Files());
    }

    [Fact]
    public async Task A_cached_file_of_another_size_is_replaced_only_by_the_right_one()
    {
        PutAll(InCache);
        directory.Write(InCache + "base.txz", Bytes.Of("cut off"));
        var resolved = await Resolve(Request() with { Lock = Lock() });
        Assert.Equal([SetState.Missing, SetState.Cached], resolved.Sets.Select(set => set.State));
        _ = await Assert.ThrowsAsync<SourceException>(() => Fetch(resolved));
        Assert.Equal(Bytes.Of("cut off"), File.ReadAllBytes(directory.File(InCache + "base.txz")));
        ServeAll();
        Assert.Equal(baseSet, File.ReadAllBytes((await Fetch(resolved)).Sets[0].Path));
    }

    [Fact]
    public async Task A_fresh_MANIFEST_shows_what_changed_and_old_sets_are_fetched_anew()
    {
        PutAll(InCache);
        var before = (await Resolve(Request())).ToLock();
        byte[] changed = [.. baseSet[..^1], (byte)~baseSet[^1]];
        ServeAll();
        server.Serve(OnMirror + "base.txz", changed);
        server.Serve(OnMirror + "MANIFEST", ManifestOf(changed, kernelSet));
        Assert.Empty((await Resolve(Request())).ToLock().ChangesSince(before));
        var resolved = await Resolve(
            Request() with
            {
                RefreshManifest = true,
                Published = Digests(changed, kernelSet),
            }
        );
        Assert.Equal([SetState.Missing, SetState.Cached], resolved.Sets.Select(set => set.State));
        var change = Assert.Single((await Fetch(resolved)).ToLock().ChangesSince(before));
        Assert.StartsWith("base: ", change, StringComparison.Ordinal);
        Assert.Equal(changed, File.ReadAllBytes(directory.File(InCache + "base.txz")));
    }

    [Theory]
    [InlineData("mirror/releases")]
    [InlineData("mirror/releases/")]
    [InlineData("mirror/releases/amd64/amd64/15.0-RELEASE")]
    public async Task A_mirror_is_the_root_of_releases_or_the_directory_itself(string path)
    {
        server.Serve("mirror/releases/" + OnMirror + "MANIFEST", ManifestOf(baseSet, kernelSet));
        server.Serve("mirror/releases/" + OnMirror + "base.txz", baseSet);
        var resolved = await Resolve(
            Request() with
            {
                Sets = ["base"],
                Mirror = new Uri(server.Url, path),
            }
        );
        Assert.Equal(baseSet.Length, (await Fetch(resolved)).Sets[0].Size);
    }

    [Fact]
    public async Task Architectures_lie_under_their_machine_on_the_default_mirror()
    {
        var request = new SetRequest
        {
            Release = "15.0-RELEASE",
            Architecture = "aarch64",
            Lock = Lock() with { Architecture = "aarch64" },
            Published = Digests(baseSet, kernelSet),
        };
        Assert.Equal(
            new Uri("https://download.freebsd.org/releases/arm64/aarch64/15.0-RELEASE/base.txz"),
            (await Resolve(request)).Sets[0].Url
        );
        var usual = await Resolve(Request() with { Lock = Lock(), Mirror = null });
        Assert.Equal(
            new Uri("https://download.freebsd.org/releases/amd64/amd64/15.0-RELEASE/kernel.txz"),
            usual.Sets[1].Url
        );
    }

    [Fact]
    public async Task Parts_of_a_file_that_is_no_longer_wanted_are_removed()
    {
        ServeAll();
        directory.Write(InCache + "base.txz.0123456789abcdef.part", Bytes.Of("old"));
        _ = await Fetch(await Resolve(Request() with { Lock = Lock() }));
        Assert.Equal([InCache + "base.txz", InCache + "kernel.txz"], directory.Files(InCache));
    }

    [Fact]
    public async Task Two_runs_at_once_download_a_set_once()
    {
        ServeAll();
        var resolved = await Resolve(Request() with { Lock = Lock() });
        var both = await Task.WhenAll(Fetch(resolved), Fetch(resolved));
        Assert.All(
            both,
            sets => Assert.All(sets.Sets, set => Assert.Equal(SetState.Cached, set.State))
        );
        Assert.Equal(2, server.Log.Count);
    }
}
