using Appliance.Sources.Downloads;
using Appliance.Sources.Sets;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Sets;

/// <summary>A cache, a mirror, and two sets.</summary>
public abstract class SetSourceFixture : IDisposable
{
    private protected const string OnMirror = "amd64/amd64/15.0-RELEASE/";
    private protected const string InCache = "cache/sets/15.0-RELEASE-amd64/";
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
    private protected readonly byte[] baseSet = [.. Magic, .. Bytes.Random(61, 200_000)];
    private protected readonly byte[] kernelSet = [.. Magic, .. Bytes.Random(62, 100_000)];

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        server.Dispose();
        directory.Dispose();
    }

    private protected SetRequest Request() =>
        new()
        {
            Release = "15.0-RELEASE",
            Architecture = "amd64",
            Mirror = server.Url,
            Published = Digests(baseSet, kernelSet),
        };

    private protected static Dictionary<string, string> Digests(byte[] first, byte[] second) =>
        new() { ["base"] = Bytes.Sha256(first), ["kernel"] = Bytes.Sha256(second) };

    private protected SetsLock Lock() =>
        new(
            "15.0-RELEASE",
            "amd64",
            [
                new LockedSet("base", "base.txz", baseSet.Length, Bytes.Sha256(baseSet)),
                new LockedSet("kernel", "kernel.txz", kernelSet.Length, Bytes.Sha256(kernelSet)),
            ]
        );

    private protected static byte[] ManifestOf(byte[] first, byte[] second) =>
        Bytes.Of(
            $"base.txz\t{Bytes.Sha256(first)}\t3\tbase\t\"Base system (MANDATORY)\"\ton\n"
                + $"kernel.txz\t{Bytes.Sha256(second)}\t3\tkernel\t\"Kernel (MANDATORY)\"\ton\n"
        );

    private protected void PutAll(string folder)
    {
        directory.Write(folder + "MANIFEST", ManifestOf(baseSet, kernelSet));
        directory.Write(folder + "base.txz", baseSet);
        directory.Write(folder + "kernel.txz", kernelSet);
    }

    private protected void ServeAll()
    {
        server.Serve(OnMirror + "MANIFEST", ManifestOf(baseSet, kernelSet));
        server.Serve(OnMirror + "base.txz", baseSet);
        server.Serve(OnMirror + "kernel.txz", kernelSet);
    }

    private protected IEnumerable<string> Requests() =>
        server.Log.Select(asked => $"{asked.Method} {Path.GetFileName(asked.Path)}");

    private protected async Task<string> Missing(SetRequest request)
    {
        var exception = await Assert.ThrowsAsync<SourceException>(() => Resolve(request));
        Assert.Equal(SourceFailure.Missing, exception.Failure);
        return exception.Message;
    }

    private protected async Task<ResolvedSets> Resolve(SetRequest request)
    {
        using var downloader = NewDownloader();
        return await new SetSource(directory.Cache, downloader).ResolveAsync(
            request,
            TestContext.Current.CancellationToken
        );
    }

    private protected async Task<ResolvedSets> Fetch(ResolvedSets sets)
    {
        using var downloader = NewDownloader();
        return await new SetSource(directory.Cache, downloader).FetchAsync(
            sets,
            token: TestContext.Current.CancellationToken
        );
    }

    private protected static Downloader NewDownloader() =>
        new(
            new SocketsHttpHandler { UseProxy = false },
            new DownloadOptions { Attempts = 2, FirstDelay = TimeSpan.FromMilliseconds(1) }
        );
}
