using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Sets;

public sealed class SetSourceTests : IDisposable
{
    private const string OnMirror = "amd64/amd64/15.0-RELEASE/";
    private const string InCache = "cache/sets/15.0-RELEASE-amd64/";
    private static readonly byte[] Magic = [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];
    private readonly TestDirectory directory = new();
    private readonly MisbehavingServer server = new();
    private readonly byte[] baseSet = [.. Magic, .. Bytes.Random(61, 200_000)];
    private readonly byte[] kernelSet = [.. Magic, .. Bytes.Random(62, 100_000)];

    public void Dispose()
    {
        server.Dispose();
        directory.Dispose();
    }

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
    public async Task A_mirror_with_another_file_than_the_lock_is_refused_and_nothing_kept()
    {
        ServeAll();
        server.Serve(OnMirror + "base.txz", Bytes.Flip(baseSet, 54_321));
        var resolved = await Resolve(Request() with { Lock = Lock() });
        var exception = await Assert.ThrowsAsync<SourceException>(() => Fetch(resolved));
        Assert.Equal(SourceFailure.Mismatch, exception.Failure);
        Assert.Contains(
            "base.txz is not the file it has to be",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "sha256 " + Bytes.Sha256(baseSet),
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(InCache + "base.txz", directory.Files(InCache));
    }

    [Theory]
    [InlineData(
        "15.1-RELEASE",
        "amd64",
        "base",
        "the lock pins 15.0-RELEASE for amd64, but 15.1-RELEASE"
    )]
    [InlineData(
        "15.0-RELEASE",
        "aarch64",
        "base",
        "the lock pins 15.0-RELEASE for amd64, but 15.0-RELEASE for aarch64"
    )]
    [InlineData("15.0-RELEASE", "amd64", "lib32", "the lock does not pin the set lib32")]
    public async Task A_lock_for_something_else_is_refused(
        string release,
        string architecture,
        string set,
        string expected
    )
    {
        var request = new SetRequest
        {
            Release = release,
            Architecture = architecture,
            Sets = [set],
            Lock = Lock(),
            Offline = true,
        };
        var exception = await Assert.ThrowsAsync<SourceException>(() => Resolve(request));
        Assert.Equal(SourceFailure.Mismatch, exception.Failure);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Contains("lock --update", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Offline_the_files_to_bring_and_their_place_are_named()
    {
        directory.Write(InCache + "base.txz", baseSet);
        var pinned = await Missing(Request() with { Offline = true, Lock = Lock() });
        Assert.Contains(
            $"Put these files into {directory.File(InCache).TrimEnd('/')}:\n  kernel.txz  sha256 {Bytes.Sha256(kernelSet)}",
            pinned,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("base.txz", pinned, StringComparison.Ordinal);
        var unpinned = await Missing(Request() with { Offline = true });
        Assert.Contains(
            ":\n  MANIFEST\n  base.txz\n  kernel.txz\n",
            unpinned,
            StringComparison.Ordinal
        );
        Assert.Contains("--sets DIR", unpinned, StringComparison.Ordinal);
        Assert.Empty(server.Log);
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
    public async Task A_mirror_out_of_reach_is_answered_with_the_files_to_bring()
    {
        var gone = new MisbehavingServer();
        var url = gone.Url;
        gone.Dispose();
        var manifest = await Assert.ThrowsAsync<SourceException>(() =>
            Resolve(Request() with { Mirror = url })
        );
        Assert.Equal(SourceFailure.Unavailable, manifest.Failure);
        Assert.Contains(
            "  MANIFEST\n  base.txz\n  kernel.txz\nThey are published at " + new Uri(url, OnMirror),
            manifest.Message,
            StringComparison.Ordinal
        );
        var resolved = await Resolve(Request() with { Mirror = url, Lock = Lock() });
        var sets = await Assert.ThrowsAsync<SourceException>(() => Fetch(resolved));
        Assert.Equal(SourceFailure.Unavailable, sets.Failure);
        Assert.Contains(
            $"  base.txz  sha256 {Bytes.Sha256(baseSet)}\n  kernel.txz  sha256 ",
            sets.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            directory.File(InCache).TrimEnd('/'),
            sets.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_set_that_the_mirror_lacks_is_noticed_before_the_download()
    {
        ServeAll();
        server.On(OnMirror + "kernel.txz", (_, answer) => answer.StatusAsync("404 Not Found"));
        var exception = await Assert.ThrowsAsync<SourceException>(() => Resolve(Request()));
        Assert.Equal(SourceFailure.Unavailable, exception.Failure);
        Assert.Contains(
            "kernel.txz: the mirror does not have it",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain(
            server.Log,
            asked =>
                asked is { Method: "GET", Path: var path }
                && path.EndsWith(".txz", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_MANIFEST_that_is_none_does_not_get_into_the_cache()
    {
        server.Serve(OnMirror + "MANIFEST", Bytes.Of("base.txz\tbroken\n"));
        var exception = await Assert.ThrowsAsync<SourceException>(() => Resolve(Request()));
        Assert.Equal(SourceFailure.Malformed, exception.Failure);
        Assert.Contains(
            "MANIFEST:1: a line has 2 fields",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(directory.Files(InCache));
    }

    [Fact]
    public async Task A_set_without_its_line_in_the_MANIFEST_is_named()
    {
        PutAll(InCache);
        var exception = await Assert.ThrowsAsync<SourceException>(() =>
            Resolve(Request() with { Sets = ["base", "lib32"] })
        );
        Assert.Contains(
            "there is no line for lib32.txz; it has base.txz, kernel.txz",
            exception.Message,
            StringComparison.Ordinal
        );
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
        var resolved = await Resolve(Request() with { RefreshManifest = true });
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

    [Theory]
    [InlineData("../15.0-RELEASE", "amd64", "base", "is no release")]
    [InlineData("15.0", "amd64", "base", "is no release")]
    [InlineData("15.0-RELEASE", "amd64/..", "base", "is no architecture")]
    [InlineData("15.0-RELEASE", "amd64", "../base", "is no name of a set")]
    public async Task Names_that_are_none_never_become_a_path(
        string release,
        string architecture,
        string set,
        string expected
    )
    {
        var request = new SetRequest
        {
            Release = release,
            Architecture = architecture,
            Sets = [set],
        };
        var exception = await Assert.ThrowsAsync<SourceException>(() => Resolve(request));
        Assert.Equal(SourceFailure.BadRequest, exception.Failure);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
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

    private SetRequest Request() =>
        new()
        {
            Release = "15.0-RELEASE",
            Architecture = "amd64",
            Mirror = server.Url,
        };

    private SetsLock Lock() =>
        new(
            "15.0-RELEASE",
            "amd64",
            [
                new LockedSet("base", "base.txz", baseSet.Length, Bytes.Sha256(baseSet)),
                new LockedSet("kernel", "kernel.txz", kernelSet.Length, Bytes.Sha256(kernelSet)),
            ]
        );

    private static byte[] ManifestOf(byte[] first, byte[] second) =>
        Bytes.Of(
            $"base.txz\t{Bytes.Sha256(first)}\t3\tbase\t\"Base system (MANDATORY)\"\ton\n"
                + $"kernel.txz\t{Bytes.Sha256(second)}\t3\tkernel\t\"Kernel (MANDATORY)\"\ton\n"
        );

    private void PutAll(string folder)
    {
        directory.Write(folder + "MANIFEST", ManifestOf(baseSet, kernelSet));
        directory.Write(folder + "base.txz", baseSet);
        directory.Write(folder + "kernel.txz", kernelSet);
    }

    private void ServeAll()
    {
        server.Serve(OnMirror + "MANIFEST", ManifestOf(baseSet, kernelSet));
        server.Serve(OnMirror + "base.txz", baseSet);
        server.Serve(OnMirror + "kernel.txz", kernelSet);
    }

    private IEnumerable<string> Requests() =>
        server.Log.Select(asked => $"{asked.Method} {Path.GetFileName(asked.Path)}");

    private async Task<string> Missing(SetRequest request)
    {
        var exception = await Assert.ThrowsAsync<SourceException>(() => Resolve(request));
        Assert.Equal(SourceFailure.Missing, exception.Failure);
        return exception.Message;
    }

    private async Task<ResolvedSets> Resolve(SetRequest request)
    {
        using var downloader = NewDownloader();
        return await new SetSource(directory.Cache, downloader).ResolveAsync(
            request,
            TestContext.Current.CancellationToken
        );
    }

    private async Task<ResolvedSets> Fetch(ResolvedSets sets)
    {
        using var downloader = NewDownloader();
        return await new SetSource(directory.Cache, downloader).FetchAsync(
            sets,
            token: TestContext.Current.CancellationToken
        );
    }

    private static Downloader NewDownloader() =>
        new(
            new SocketsHttpHandler { UseProxy = false },
            new DownloadOptions { Attempts = 2, FirstDelay = TimeSpan.FromMilliseconds(1) }
        );
}
