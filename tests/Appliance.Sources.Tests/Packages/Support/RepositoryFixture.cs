using Appliance.Sources.Downloads;
using Appliance.Sources.Packages.Repositories;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Packages.Signatures;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Packages.Support;

/// <summary>Repositories that the real pkg made, copied where a test can spoil them.</summary>
public abstract class RepositoryFixture : IDisposable
{
    private protected readonly TestDirectory directory = new();
    private protected readonly MisbehavingServer server = new();

    private protected static TargetSystem System15 { get; } =
        TargetSystem.Of("15.0-RELEASE", "amd64") with
        {
            OsVersion = 1500068,
            Libraries = new HashSet<string>(StringComparer.Ordinal),
        };

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        server.Dispose();
        directory.Dispose();
    }

    private protected static string Key(string kind) => PackageFixtures.File($"keys/{kind}.pub");

    private protected static PublicKeyPolicy KnownKey(string kind) =>
        new(File.ReadAllBytes(Key(kind)), Key(kind));

    private protected static string Fingerprint(string kind) =>
        Bytes.Sha256(File.ReadAllBytes(Key(kind)));

    private protected static FingerprintPolicy Trust(string trusted, params string[] revoked) =>
        new(new HashSet<string> { trusted }, revoked.ToHashSet(StringComparer.Ordinal), "the test");

    /// <summary>A folder with the catalogues of a kind and all packages.</summary>
    private protected string Folder(string kind, string name = "repository")
    {
        foreach (var file in Directory.GetFiles(PackageFixtures.File($"repositories/{kind}")))
        {
            directory.Write($"{name}/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        }

        foreach (var file in Directory.GetFiles(PackageFixtures.File("packages")))
        {
            directory.Write($"{name}/All/{Path.GetFileName(file)}", File.ReadAllBytes(file));
        }

        return directory.File(name);
    }

    /// <summary>The same on a mirror of this machine, below <c>repo/</c>.</summary>
    private protected void Serve(string kind)
    {
        var folder = Folder(kind, "served");
        foreach (var path in Directory.GetFiles(folder, "*", SearchOption.AllDirectories))
        {
            var parts = Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar);
            server.Serve(
                $"repo/{string.Join('/', parts.Select(Uri.EscapeDataString))}",
                File.ReadAllBytes(path)
            );
        }
    }

    private protected static PackageRepository Local(string folder, SignaturePolicy signature) =>
        new()
        {
            Name = "latest",
            Directory = folder,
            Signature = signature,
        };

    private protected PackageRepository Remote(SignaturePolicy signature) =>
        new()
        {
            Name = "latest",
            Url = $"pkg+{server.Url}repo",
            Signature = signature,
        };

    private protected static PackageRequest Request(
        PackageRepository repository,
        params string[] packages
    ) =>
        new()
        {
            System = System15,
            Packages = packages,
            Repositories = [repository],
        };

    private protected async Task<ResolvedPackages> Resolve(
        PackageRequest request,
        double patience = 60
    )
    {
        using var downloader = NewDownloader(patience);
        return await new PackageSource(directory.Cache, downloader).ResolveAsync(
            request,
            token: TestContext.Current.CancellationToken
        );
    }

    private protected async Task<ResolvedPackages> Fetch(ResolvedPackages packages)
    {
        using var downloader = NewDownloader(60);
        return await new PackageSource(directory.Cache, downloader).FetchAsync(
            packages,
            token: TestContext.Current.CancellationToken
        );
    }

    private protected async Task<string> Refused(
        SourceFailure failure,
        PackageRequest request,
        double patience = 60
    )
    {
        var refusal = await Assert.ThrowsAsync<SourceException>(() => Resolve(request, patience));
        Assert.True(failure == refusal.Failure, $"{refusal.Failure}: {refusal.Message}");
        return refusal.Message;
    }

    private static Downloader NewDownloader(double patience) =>
        new(
            new SocketsHttpHandler { UseProxy = false },
            new DownloadOptions
            {
                Attempts = 2,
                FirstDelay = TimeSpan.FromMilliseconds(1),
                LongestDelay = TimeSpan.FromMilliseconds(5),
                StallTimeout = TimeSpan.FromSeconds(patience),
            }
        );
}
