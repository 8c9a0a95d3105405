namespace Appliance.Sources.Downloads;

/// <summary>Fetches files over HTTP.</summary>
public sealed class Downloader : IDisposable
{
    private readonly HttpClient client;

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
        client = new HttpClient(handler ?? new SocketsHttpHandler())
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        Options = options ?? new DownloadOptions();
        Clock = clock ?? TimeProvider.System;
    }

    internal DownloadOptions Options { get; }

    internal TimeProvider Clock { get; }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}
