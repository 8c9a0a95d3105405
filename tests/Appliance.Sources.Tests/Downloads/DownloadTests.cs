using System.Collections.Concurrent;
using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Downloads;

/// <summary>Mirrors that are slow, forgetful or interrupted, and still deliver.</summary>
public sealed class DownloadTests : DownloadFixture
{
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
}
