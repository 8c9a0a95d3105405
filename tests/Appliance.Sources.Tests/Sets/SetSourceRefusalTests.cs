using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Sets;

/// <summary>Requests that cannot be met, and what the user is told.</summary>
public sealed class SetSourceRefusalTests : SetSourceFixture
{
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
}
