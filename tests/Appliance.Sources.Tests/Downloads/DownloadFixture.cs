using System.Collections.Concurrent;
using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Downloads;

/// <summary>A mirror on this machine, and a file to fetch from it.</summary>
public abstract class DownloadFixture : IDisposable
{
    private protected static readonly byte[] Magic =
    [
        0xFD,
        (byte)'7',
        (byte)'z',
        (byte)'X',
        (byte)'Z',
        0,
    ];
    private protected readonly TestDirectory directory = new();
    private protected readonly MisbehavingServer server = new();
    private protected readonly byte[] content = [.. Magic, .. Bytes.Random(51, 3_000_000)];

    private protected string FinalPath => directory.File("base.txz");

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        server.Dispose();
        directory.Dispose();
    }

    private protected static void Maybe(bool now, CancellationTokenSource cancel)
    {
        if (now)
        {
            cancel.Cancel();
        }
    }

    private protected static Downloader NewDownloader(double patience = 60) =>
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

    private protected DownloadJob Job() =>
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

    private protected async Task<long> Fetch(
        DownloadJob? job = null,
        IProgress<SourceProgress>? progress = null,
        double patience = 60
    )
    {
        using var downloader = NewDownloader(patience);
        var (length, sha256) = await downloader.FetchAsync(
            job ?? Job(),
            progress,
            TestContext.Current.CancellationToken
        );
        Assert.Equal(Bytes.Sha256(File.ReadAllBytes((job ?? Job()).Path)), sha256);
        return length;
    }

    private protected void AssertFetched(long size, int requests)
    {
        Assert.Equal(content.Length, size);
        Assert.Equal(content, File.ReadAllBytes(FinalPath));
        Assert.Equal(["base.txz"], directory.Files());
        Assert.Equal(requests, server.Log.Count);
    }

    private protected async Task<DownloadException> Refused(
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
