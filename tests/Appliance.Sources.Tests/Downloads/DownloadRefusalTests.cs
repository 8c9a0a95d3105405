using System.Collections.Concurrent;
using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Downloads;

/// <summary>Mirrors that do not deliver, and what the user is told.</summary>
public sealed class DownloadRefusalTests : DownloadFixture
{
    [Fact]
    public async Task A_mirror_that_only_stalls_is_given_up_with_the_reason()
    {
        server.On("base.txz", (_, answer) => answer.StallAsync());
        var exception = await Refused(SourceFailure.Unavailable, patience: 0.3);
        Assert.Contains(
            "sent nothing for 0.3 s; gave up after 3 attempts",
            exception.Message,
            StringComparison.Ordinal
        );
    }

    [Theory]
    [InlineData("404 Not Found", "the mirror does not have it (HTTP 404 Not Found)", 1)]
    [InlineData("410 Gone", "the mirror does not have it (HTTP 410 Gone)", 1)]
    [InlineData("403 Forbidden", "the mirror refuses it (HTTP 403 Forbidden)", 1)]
    [InlineData("204 No Content", "the mirror refuses it (HTTP 204 No Content)", 1)]
    [InlineData("500 Oops", "the mirror refuses it (HTTP 500 Oops); gave up after 3 attempts", 3)]
    [InlineData("416 Range Not Satisfiable", "cannot continue the download (HTTP 416", 3)]
    public async Task An_error_that_stays_is_told(string status, string expected, int requests)
    {
        server.On("base.txz", (_, answer) => answer.StatusAsync(status));
        var exception = await Refused(SourceFailure.Unavailable);
        Assert.Contains($"{server.Url}base.txz: ", exception.Message, StringComparison.Ordinal);
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.Equal(requests, server.Log.Count);
    }

    [Fact]
    public async Task A_mirror_that_is_not_there_is_told()
    {
        var other = new MisbehavingServer();
        var gone = new Uri(other.Url, "base.txz");
        other.Dispose();
        var exception = await Refused(SourceFailure.Unavailable, gone);
        Assert.Contains("gave up after 3 attempts", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "Content-Type: text/html; charset=utf-8\r\n",
        "<!DOCTYPE html><html>please log in</html>"
    )]
    [InlineData("Content-Type: application/octet-stream\r\n", "\n <html>please log in</html>")]
    public async Task A_web_page_is_not_taken_for_a_set(string headers, string page)
    {
        server.On(
            "base.txz",
            async (_, answer) =>
            {
                await answer.HeadersAsync("200 OK", null, headers);
                await answer.BodyAsync(Bytes.Of(page));
            }
        );
        var exception = await Refused(SourceFailure.Mismatch);
        Assert.Contains(
            "a web page instead of the file",
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Single(server.Log);
    }

    [Fact]
    public async Task What_is_no_xz_file_is_refused_at_its_first_bytes()
    {
        server.Serve("base.txz", Bytes.Random(52, content.Length));
        var exception = await Refused(SourceFailure.Mismatch);
        Assert.Contains("no .xz file", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_longer_is_refused(bool announced)
    {
        byte[] longer = [.. content, 1];
        server.On(
            "base.txz",
            async (_, answer) =>
            {
                await answer.HeadersAsync("200 OK", announced ? longer.Length : null);
                await answer.BodyAsync(longer);
            }
        );
        var exception = await Refused(SourceFailure.Mismatch);
        var expected = announced
            ? "has a file of 3000007 bytes, it has to be 3000006"
            : "more than the 3000006 bytes";
        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_known_size_the_limit_holds()
    {
        server.On(
            "base.txz",
            async (_, answer) =>
            {
                await answer.HeadersAsync("200 OK", null);
                await answer.BodyAsync(content);
            }
        );
        var job = Job() with { Size = null, MaximumBytes = 2_999_999 };
        var exception = await Refused(SourceFailure.Mismatch, job: job);
        Assert.Contains("more than the 2999999 bytes", exception.Message, StringComparison.Ordinal);
        AssertFetched(await Fetch(job with { MaximumBytes = 3_000_006 }), requests: 2);
    }

    [Fact]
    public async Task A_file_that_is_always_too_short_is_refused()
    {
        server.Serve("base.txz", content[..^1]);
        var exception = await Refused(SourceFailure.Mismatch);
        Assert.Contains("has a file of 3000005 bytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_flipped_bit_is_found_and_the_download_discarded()
    {
        var bad = Bytes.Flip(content, 12_345_678);
        server.Serve("base.txz", bad);
        var exception = await Refused(SourceFailure.Mismatch);
        Assert.Contains(
            "expected sha256 " + Bytes.Sha256(content),
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "found    sha256 " + Bytes.Sha256(bad),
            exception.Message,
            StringComparison.Ordinal
        );
        Assert.Empty(directory.Files());
    }

    [Fact]
    public async Task A_bad_download_leaves_the_file_that_is_there()
    {
        directory.Write("base.txz", Bytes.Of("the good old one"));
        server.Serve("base.txz", Bytes.Flip(content, 12_345_678));
        _ = await Assert.ThrowsAsync<DownloadException>(() => Fetch());
        Assert.Equal(Bytes.Of("the good old one"), File.ReadAllBytes(FinalPath));
        Assert.Equal(["base.txz"], directory.Files());
    }

    [Fact]
    public async Task A_full_disk_is_told_and_the_part_is_not_taken_for_the_file()
    {
        server.Serve("base.txz", content);
        using var disk = SmallDisk.Mount(directory.File("disk"), "1m");
        var job = Job() with { Path = directory.File("disk/base.txz") };
        var exception = await Assert.ThrowsAsync<SourceException>(() => Fetch(job));
        Assert.Equal(SourceFailure.Storage, exception.Failure);
        Assert.Contains("the disk is full", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(job.Path));
    }
}
