using System.Net;

namespace Appliance.Sources.Downloads;

/// <summary>
/// Fetches files over HTTP: continues what was interrupted, tries again what may pass, and gives a file its name only when
/// all of it is there and its digest is right.
/// </summary>
public sealed class Downloader : IDisposable
{
    private const long WorthwhileBytes = 1 << 20;
    private readonly HttpClient client;
    private readonly DownloadOptions options;
    private readonly TimeProvider clock;
    private readonly Mirror mirror;

    /// <summary>Creates a downloader.</summary>
    /// <param name="handler">The way to the network; null for the host's own.</param>
    /// <param name="options">Patience and limits; null for the defaults.</param>
    /// <param name="clock">The clock of time-outs and waits between attempts; null for the host's.</param>
    public Downloader(
        HttpMessageHandler? handler = null,
        DownloadOptions? options = null,
        TimeProvider? clock = null
    )
    {
        this.options = options ?? new DownloadOptions();
        this.clock = clock ?? TimeProvider.System;
        client = new HttpClient(
            handler ?? new SocketsHttpHandler { ConnectTimeout = this.options.ConnectTimeout }
        )
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("appliance");
        mirror = new Mirror(client, this.options.StallTimeout, this.clock);
    }

    internal DownloadOptions Options => options;

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();

    /// <summary>Fetches a file and returns its size in bytes and its SHA-256.</summary>
    /// <exception cref="DownloadException">It cannot be had, or is not what it has to be; a bad download is discarded.</exception>
    /// <exception cref="SourceException">It cannot be written.</exception>
    internal async Task<(long Length, string Sha256)> FetchAsync(
        DownloadJob job,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        using var part = await PartFile
            .OpenAsync(job.PartPath, job.Limit, token)
            .ConfigureAwait(false);
        await CompleteAsync(job, part, progress, token).ConfigureAwait(false);
        if (!IsRight(job, part) && part.HasOldBytes)
        {
            // What an earlier run left may have been of another file: once more, from the start.
            part.Reset();
            await CompleteAsync(job, part, progress, token).ConfigureAwait(false);
        }

        if (!IsRight(job, part))
        {
            var found = part.Sha256;
            part.Discard();
            var expected = job.Sha256 is { } sha256 ? $"sha256 {sha256}" : $"sum    {job.Sum}";
            throw new DownloadException(
                SourceFailure.Mismatch,
                $"{job.Url} is not the file it has to be; the download was discarded.\n"
                    + $"  expected {expected}\n  found    sha256 {found}"
            );
        }

        part.Publish(job.Path);
        return (part.Length, part.Sha256);
    }

    /// <summary>The size of a file on the mirror, or null where the mirror does not tell.</summary>
    /// <exception cref="DownloadException">The mirror cannot be reached or does not have the file.</exception>
    internal async Task<long?> SizeAsync(Uri url, CancellationToken token)
    {
        long? size = null;
        await PersistentlyAsync(
                async () =>
                {
                    using var request = new HttpRequestMessage(HttpMethod.Head, url);
                    using var response = await mirror
                        .AskAsync(request, token)
                        .ConfigureAwait(false);
                    if (
                        response.StatusCode
                        is HttpStatusCode.MethodNotAllowed
                            or HttpStatusCode.NotImplemented
                    )
                    {
                        return;
                    }

                    if (mirror.Refusal(response, url) is { } refusal)
                    {
                        throw refusal;
                    }

                    size = response.Content.Headers.ContentLength;
                },
                () => 0,
                token
            )
            .ConfigureAwait(false);
        return size;
    }

    private static bool IsRight(DownloadJob job, PartFile part) =>
        (job.Sha256 is null || part.Sha256 == job.Sha256)
        && (job.Sum is null || part.HasSum(job.Sum));

    private async Task CompleteAsync(
        DownloadJob job,
        PartFile part,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        if (part.Length > 0 && (part.Length == job.Size || part.Sha256 == job.Sha256))
        {
            return;
        }

        var attempt = new DownloadAttempt(mirror, job, part, progress);
        await PersistentlyAsync(() => attempt.RunAsync(token), () => part.Length, token)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Tries until it succeeds, cannot succeed, or has failed too often. An attempt that brought the download further than
    /// any before by a worthwhile piece does not count: a large file over a bad line still arrives.
    /// </summary>
    private async Task PersistentlyAsync(
        Func<Task> attempt,
        Func<long> reached,
        CancellationToken token
    )
    {
        var furthest = reached();
        for (var failures = 1; ; failures++)
        {
            try
            {
                await attempt().ConfigureAwait(false);
                return;
            }
            catch (DownloadException exception) when (exception.MayPass)
            {
                if (reached() >= furthest + WorthwhileBytes)
                {
                    furthest = reached();
                    failures = 1;
                }

                if (failures >= options.Attempts)
                {
                    throw new DownloadException(
                        exception.Failure,
                        $"{exception.Message}; gave up after {failures} attempts",
                        innerException: exception
                    );
                }

                var wait = Wait(failures, exception.AskedToWait);
                await Task.Delay(wait, clock, token).ConfigureAwait(false);
            }
        }
    }

    private TimeSpan Wait(int failures, TimeSpan? asked)
    {
        var doubled = options.FirstDelay * Math.Pow(2, Math.Min(failures - 1, 20));
        var wait = asked > doubled ? asked.Value : doubled;
        return wait < options.LongestDelay ? wait : options.LongestDelay;
    }
}
