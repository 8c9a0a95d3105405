using System.Collections.Concurrent;
using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Downloads;

/// <summary>A mirror that behaves in every way a mirror can, and what ends up in the cache.</summary>
public sealed class DownloadTests : IDisposable
{
    private static readonly byte[] Magic = [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];
    private readonly TestDirectory directory = new();
    private readonly MisbehavingServer server = new();
    private readonly byte[] content = [.. Magic, .. Bytes.Random(51, 3_000_000)];

    private string FinalPath => directory.File("base.txz");

    public void Dispose()
    {
        server.Dispose();
        directory.Dispose();
    }

    [Fact]
    public async Task A_good_mirror_is_asked_once()
    {
        server.Serve("base.txz", content);
        var steps = new ConcurrentQueue<SourceProgress>();
        var fetched = await Fetch(progress: new Progress(steps.Enqueue));
        AssertFetched(fetched, requests: 1);
        Assert.Equal(
            new SourceProgress(SourceStage.Download, "base.txz", content.Length, content.Length),
            steps.Last()
        );
    }

    [Fact]
    public async Task What_is_cut_off_is_continued_on_the_condition_that_it_is_the_same_file()
    {
        server.On(
            "base.txz",
            (asked, answer) =>
                answer.FileAsync(asked, content, "\"one\"", most: asked.Number < 4 ? 900_000 : null)
        );
        AssertFetched(await Fetch(), requests: 4);
        Assert.Equal(
            [null, 900_000, 1_800_000, 2_700_000],
            server.Log.Select(asked => asked.RangeStart)
        );
        Assert.Equal(
            [null, "\"one\"", "\"one\"", "\"one\""],
            server.Log.Select(asked => asked.IfRange)
        );
    }

    [Fact]
    public async Task A_file_that_changed_in_between_is_taken_from_the_start()
    {
        server.On(
            "base.txz",
            (asked, answer) =>
                asked.Number == 1
                    ? answer.FileAsync(asked, Bytes.Flip(content, 999), "\"old\"", most: 900_000)
                    : answer.FileAsync(asked, content, "\"new\"")
        );
        AssertFetched(await Fetch(), requests: 2);
    }

    [Fact]
    public async Task A_mirror_that_ignores_ranges_still_delivers()
    {
        server.On(
            "base.txz",
            (asked, answer) =>
                answer.FileAsync(
                    asked with
                    {
                        RangeStart = null,
                    },
                    content,
                    "\"one\"",
                    most: asked.Number == 1 ? 900_000 : null
                )
        );
        AssertFetched(await Fetch(), requests: 2);
    }

    [Fact]
    public async Task A_mirror_that_sends_another_part_than_asked_for_is_asked_for_all()
    {
        server.On(
            "base.txz",
            async (asked, answer) =>
            {
                if (asked.Number == 2)
                {
                    await answer.HeadersAsync(
                        "206 Partial Content",
                        5,
                        "Content-Range: bytes 7-11/3000006\r\n"
                    );
                    return;
                }

                await answer.FileAsync(
                    asked,
                    content,
                    "\"one\"",
                    most: asked.Number == 1 ? 900_000 : null
                );
            }
        );
        AssertFetched(await Fetch(), requests: 3);
        Assert.Null(server.Log[2].RangeStart);
    }

    [Fact]
    public async Task A_reset_in_the_middle_is_survived()
    {
        server.On(
            "base.txz",
            async (asked, answer) =>
            {
                await answer.FileAsync(
                    asked,
                    content,
                    "\"one\"",
                    most: asked.Number < 3 ? 500_000 : null
                );
                if (asked.Number < 3)
                {
                    answer.Reset();
                }
            }
        );
        AssertFetched(await Fetch(), requests: 3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mirror_that_stalls_is_left_and_asked_again(bool beforeTheHeaders)
    {
        server.On(
            "base.txz",
            async (asked, answer) =>
            {
                if (asked.Number == 1 && beforeTheHeaders)
                {
                    await answer.StallAsync();
                }

                await answer.FileAsync(
                    asked,
                    content,
                    "\"one\"",
                    most: asked.Number == 1 ? 500_000 : null
                );
                if (asked.Number == 1)
                {
                    await answer.StallAsync();
                }
            }
        );
        AssertFetched(await Fetch(patience: 1), requests: 2);
    }

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
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    [InlineData("408 Request Timeout")]
    public async Task An_error_that_may_pass_is_waited_for(string status)
    {
        server.On(
            "base.txz",
            (asked, answer) =>
                asked.Number < 3
                    ? answer.StatusAsync(status, "Retry-After: 1000\r\n")
                    : answer.FileAsync(asked, content, "\"one\"")
        );
        AssertFetched(await Fetch(), requests: 3);
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
    public async Task What_an_interrupted_run_left_is_continued()
    {
        directory.Write(Path.GetFileName(Job().PartPath), content.AsSpan(0, 2_000_000));
        server.Serve("base.txz", content);
        AssertFetched(await Fetch(), requests: 1);
        Assert.Equal(2_000_000, server.Log[0].RangeStart);
    }

    [Fact]
    public async Task A_left_part_that_is_wrong_costs_a_second_download_and_no_more()
    {
        directory.Write(Path.GetFileName(Job().PartPath), Bytes.Random(53, 2_000_000));
        server.Serve("base.txz", content);
        AssertFetched(await Fetch(), requests: 2);
        Assert.Equal([2_000_000, null], server.Log.Select(asked => asked.RangeStart));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public async Task A_left_part_that_is_complete_or_too_long_is_dealt_with(int more)
    {
        directory.Write(Path.GetFileName(Job().PartPath), [.. content, .. new byte[more]]);
        server.Serve("base.txz", content);
        AssertFetched(await Fetch(), requests: more == 0 ? 0 : 1);
    }

    [Fact]
    public async Task A_bad_line_that_brings_a_worthwhile_piece_each_time_arrives_in_the_end()
    {
        byte[] large = [.. Magic, .. Bytes.Random(54, 9_000_000)];
        server.On(
            "base.txz",
            (asked, answer) => answer.FileAsync(asked, large, "\"one\"", most: 1_200_000)
        );
        var job = Job() with { Size = large.Length, Sha256 = Bytes.Sha256(large) };
        Assert.Equal(large.Length, await Fetch(job));
        Assert.Equal(8, server.Log.Count);
    }

    /// <summary>Ctrl-C at fifty places: nothing ever has the final name, and the last run completes the part.</summary>
    [Fact]
    public async Task Cancelled_at_fifty_places_nothing_looks_finished_and_a_good_run_completes()
    {
        server.Serve("base.txz", content);
        var random = new Random(55);
        var cancelled = 0;
        for (var round = 0; round < 50; round++)
        {
            using var cancel = new CancellationTokenSource();
            cancel.CancelAfter(TimeSpan.FromMilliseconds(random.NextDouble() * 3));
            try
            {
                using var downloader = NewDownloader();
                _ = await downloader.FetchAsync(
                    Job(),
                    new Progress(step => Maybe(random.Next(12) == 0, cancel)),
                    cancel.Token
                );
                File.Delete(FinalPath);
            }
            catch (OperationCanceledException)
            {
                cancelled++;
                Assert.False(File.Exists(FinalPath));
            }
        }

        Assert.InRange(cancelled, 10, 50);
        Assert.Equal(content.Length, await Fetch());
        Assert.Equal(content, File.ReadAllBytes(FinalPath));
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

    [Fact]
    public async Task Waits_double_up_to_a_bound_and_follow_the_clock_they_are_given()
    {
        server.On(
            "base.txz",
            (_, answer) => answer.StatusAsync("500 Oops", "Retry-After: 1000\r\n")
        );
        var clock = new RecordingClock();
        var options = new DownloadOptions { Attempts = 5, LongestDelay = TimeSpan.FromSeconds(6) };
        using var downloader = new Downloader(
            new SocketsHttpHandler { UseProxy = false },
            options,
            clock
        );
        _ = await Assert.ThrowsAsync<DownloadException>(() =>
            downloader.FetchAsync(Job(), null, TestContext.Current.CancellationToken)
        );
        Assert.Equal([6, 6, 6, 6], clock.Waits.Select(wait => wait.TotalSeconds));
        clock.Waits.Clear();
        server.On("base.txz", (_, answer) => answer.StatusAsync("500 Oops"));
        _ = await Assert.ThrowsAsync<DownloadException>(() =>
            downloader.FetchAsync(Job(), null, TestContext.Current.CancellationToken)
        );
        Assert.Equal([1, 2, 4, 6], clock.Waits.Select(wait => wait.TotalSeconds));
    }

    private static void Maybe(bool now, CancellationTokenSource cancel)
    {
        if (now)
        {
            cancel.Cancel();
        }
    }

    private static Downloader NewDownloader(double patience = 60) =>
        new(
            new SocketsHttpHandler { UseProxy = false },
            new DownloadOptions
            {
                Attempts = 3,
                FirstDelay = TimeSpan.FromMilliseconds(1),
                LongestDelay = TimeSpan.FromMilliseconds(5),
                StallTimeout = TimeSpan.FromSeconds(patience),
            }
        );

    private DownloadJob Job() =>
        new()
        {
            Url = new Uri(server.Url, "base.txz"),
            Path = FinalPath,
            Name = "base.txz",
            Sha256 = Bytes.Sha256(content),
            Size = content.Length,
            MaximumBytes = 10_000_000,
            IsXz = true,
        };

    private async Task<long> Fetch(
        DownloadJob? job = null,
        IProgress<SourceProgress>? progress = null,
        double patience = 60
    )
    {
        using var downloader = NewDownloader(patience);
        return await downloader.FetchAsync(
            job ?? Job(),
            progress,
            TestContext.Current.CancellationToken
        );
    }

    private void AssertFetched(long size, int requests)
    {
        Assert.Equal(content.Length, size);
        Assert.Equal(content, File.ReadAllBytes(FinalPath));
        Assert.Equal(["base.txz"], directory.Files());
        Assert.Equal(requests, server.Log.Count);
    }

    private async Task<DownloadException> Refused(
        SourceFailure failure,
        Uri? url = null,
        DownloadJob? job = null,
        double patience = 60
    )
    {
        job ??= Job();
        var exception = await Assert.ThrowsAsync<DownloadException>(() =>
            Fetch(job with { Url = url ?? job.Url }, patience: patience)
        );
        Assert.Equal(failure, exception.Failure);
        Assert.False(File.Exists(FinalPath));
        return exception;
    }
}
