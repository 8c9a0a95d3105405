using System.Net;
using System.Net.Http.Headers;

namespace Appliance.Sources.Downloads;

/// <summary>One question to a mirror, under a limit of patience; every way it can fail becomes a <see cref="DownloadException"/>.</summary>
internal sealed class Mirror(HttpClient client, TimeSpan stallTimeout, TimeProvider clock)
{
    /// <summary>Sends a request and waits for the headers of the answer.</summary>
    public async Task<HttpResponseMessage> AskAsync(
        HttpRequestMessage request,
        CancellationToken token
    ) =>
        await PatientlyAsync(
                request.RequestUri!,
                patience =>
                    client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience),
                token
            )
            .ConfigureAwait(false);

    /// <summary>Does one read or one question; cancels it when nothing has come for too long.</summary>
    public async Task<T> PatientlyAsync<T>(
        Uri url,
        Func<CancellationToken, Task<T>> work,
        CancellationToken token
    )
    {
        using var stall = new CancellationTokenSource(stallTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, stall.Token);
        try
        {
            return await work(either.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or HttpRequestException or IOException)
        {
            token.ThrowIfCancellationRequested();
            var what = stall.IsCancellationRequested
                ? $"the mirror sent nothing for {stallTimeout.TotalSeconds:0.#} s"
                : exception.InnerException?.Message ?? exception.Message;
            throw new DownloadException(
                SourceFailure.Unavailable,
                $"{url}: {what}",
                MayPass(exception),
                innerException: exception
            );
        }
    }

    /// <summary>Accepts an answer with content, or says why it is none.</summary>
    public DownloadException? Refusal(HttpResponseMessage response, Uri url)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.PartialContent)
        {
            return IsWebPage(response.Content.Headers.ContentType) ? WebPage(url) : null;
        }

        var mayPass =
            status >= 500
            || response.StatusCode
                is HttpStatusCode.RequestTimeout
                    or HttpStatusCode.TooManyRequests
                    or HttpStatusCode.RequestedRangeNotSatisfiable;
        var reason = response.StatusCode switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => "the mirror does not have it",
            HttpStatusCode.RequestedRangeNotSatisfiable =>
                "the mirror cannot continue the download",
            _ => "the mirror refuses it",
        };
        return new DownloadException(
            SourceFailure.Unavailable,
            $"{url}: {reason} (HTTP {status} {response.ReasonPhrase})",
            mayPass,
            AskedToWait(response.Headers.RetryAfter)
        )
        {
            IsAbsent = response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone,
        };
    }

    public static DownloadException WebPage(Uri url) =>
        new(
            SourceFailure.Mismatch,
            $"{url}: the answer is a web page instead of the file: a captive portal, a proxy or a wrong URL"
        );

    /// <summary>A name that does not resolve, a wrong certificate and a proxy that refuses do not pass by waiting.</summary>
    private static bool MayPass(Exception exception) =>
        exception
            is not HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError
                    or HttpRequestError.SecureConnectionError
                    or HttpRequestError.ProxyTunnelError
                    or HttpRequestError.UserAuthenticationError
            };

    private static bool IsWebPage(MediaTypeHeaderValue? type) =>
        type?.MediaType is "text/html" or "application/xhtml+xml";

    private TimeSpan? AskedToWait(RetryConditionHeaderValue? header) =>
        header?.Delta ?? (header?.Date is { } date ? date - clock.GetUtcNow() : null);
}
