using System.Net;
using System.Net.Http.Headers;
using Appliance.Sources.Archives.Xz;

namespace Appliance.Sources.Downloads;

/// <summary>One attempt to bring the part of a download to its end, from where the last one stopped.</summary>
internal sealed class DownloadAttempt(
    Mirror mirror,
    DownloadJob job,
    PartFile part,
    IProgress<SourceProgress>? progress
)
{
    private const int BufferSize = 256 * 1024;
    private const int MagicSize = 6;
    private EntityTagHeaderValue? tag;

    /// <exception cref="DownloadException">The attempt failed; the part keeps what has arrived if it can be continued.</exception>
    public async Task RunAsync(CancellationToken token)
    {
        using var request = Request();
        using var response = await mirror.AskAsync(request, token).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            part.Reset();
        }

        if (mirror.Refusal(response, job.Url) is { } refusal)
        {
            throw refusal;
        }

        tag = response.Headers.ETag is { IsWeak: false } strong ? strong : null;
        var total = PlaceAndTotal(response);
        await ReceiveAsync(response, total, token).ConfigureAwait(false);
        if (part.Length < (job.Size ?? total ?? 0))
        {
            throw Failed(
                $"the connection ended after {part.Length} of {job.Size ?? total} bytes",
                mayPass: true
            );
        }
    }

    /// <summary>
    /// Asks for the rest only. With the tag of an earlier answer the mirror sends the whole file if it is another one by
    /// now (RFC 9110, section 13.1.5); without one, the digest at the end decides.
    /// </summary>
    private HttpRequestMessage Request()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, job.Url);
        if (part.Length > 0)
        {
            request.Headers.Range = new RangeHeaderValue(part.Length, null);
            request.Headers.IfRange = tag is null ? null : new RangeConditionHeaderValue(tag);
        }

        return request;
    }

    /// <summary>Makes the part fit what the mirror is about to send, and returns the size of the whole file.</summary>
    private long? PlaceAndTotal(HttpResponseMessage response)
    {
        long? total;
        if (response.StatusCode == HttpStatusCode.PartialContent)
        {
            var range = response.Content.Headers.ContentRange;
            if (range?.From != part.Length)
            {
                part.Reset();
                throw Failed("the mirror sends another part than it was asked for", mayPass: true);
            }

            total = range.Length;
        }
        else
        {
            part.Reset();
            total = response.Content.Headers.ContentLength;
        }

        if (job.Size is { } size && total is not null && total != size)
        {
            part.Reset();
            throw Failed(
                $"the mirror has a file of {total} bytes, it has to be {size}",
                failure: SourceFailure.Mismatch
            );
        }

        return total <= job.Limit || total is null ? total : throw TooLong();
    }

    private async Task ReceiveAsync(
        HttpResponseMessage response,
        long? total,
        CancellationToken token
    )
    {
        var buffer = new byte[BufferSize];
        using var body = await mirror
            .PatientlyAsync(
                job.Url,
                patience => response.Content.ReadAsStreamAsync(patience),
                token
            )
            .ConfigureAwait(false);
        while (true)
        {
            var least = part.Length == 0 ? MagicSize : 1;
            var read = await mirror
                .PatientlyAsync(
                    job.Url,
                    patience =>
                        body.ReadAtLeastAsync(buffer, least, throwOnEndOfStream: false, patience)
                            .AsTask(),
                    token
                )
                .ConfigureAwait(false);
            if (read == 0)
            {
                return;
            }

            CheckStart(buffer.AsSpan(0, read));
            if (read > job.Limit - part.Length)
            {
                part.Reset();
                throw TooLong();
            }

            await part.AppendAsync(buffer.AsMemory(0, read), token).ConfigureAwait(false);
            progress?.Report(
                new SourceProgress(SourceStage.Download, job.Name, part.Length, job.Size ?? total)
            );
        }
    }

    private void CheckStart(ReadOnlySpan<byte> start)
    {
        if (part.Length > 0)
        {
            return;
        }

        if (start.TrimStart(" \t\r\n"u8) is [(byte)'<', ..])
        {
            throw Mirror.WebPage(job.Url);
        }

        if (job.IsXz && !XzContainer.HasMagic(start))
        {
            throw Failed(
                "the answer is no .xz file (it does not start like one)",
                failure: SourceFailure.Mismatch
            );
        }
    }

    private DownloadException TooLong() =>
        Failed(
            $"the mirror sends more than the {job.Limit} bytes that the file may have",
            failure: SourceFailure.Mismatch
        );

    private DownloadException Failed(
        string what,
        bool mayPass = false,
        SourceFailure failure = SourceFailure.Unavailable
    ) => new(failure, $"{job.Url}: {what}", mayPass);
}
