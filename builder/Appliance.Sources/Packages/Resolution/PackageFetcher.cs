using Appliance.Sources.Downloads;
using Appliance.Sources.Files;
using Appliance.Sources.Sets;

namespace Appliance.Sources.Packages.Resolution;

/// <summary>Brings packages onto this machine, and finds the digests of those that nothing pins yet.</summary>
internal sealed class PackageFetcher(
    CacheLocation cache,
    Downloader downloader,
    IProgress<SourceProgress>? progress
)
{
    /// <summary>The same package, cached and with its digest.</summary>
    /// <exception cref="SourceException">It is out of reach, or is not what it has to be.</exception>
    public async Task<ResolvedPackage> FetchAsync(ResolvedPackage package, CancellationToken token)
    {
        if (package is { State: PackageState.Cached, Sha256: not null })
        {
            return package; // Its digest is compared before it is decoded.
        }

        if (package.State == PackageState.Cached)
        {
            return Verified(package, token)
                ?? await AgainAsync(package, token).ConfigureAwait(false);
        }

        var name = $"package-{package.Repository}-{package.FileName}.lock";
        using var held = await FileLock
            .AcquireAsync(Path.Combine(cache.LocksDirectory, name), token)
            .ConfigureAwait(false);
        var isHere = File.Exists(package.Path) && new FileInfo(package.Path).Length == package.Size;
        if (isHere && Verified(package, token) is { Sha256: not null } faster)
        {
            // Another process was faster.
            return faster with { State = PackageState.Cached };
        }

        return await DownloadAsync(package, token).ConfigureAwait(false);
    }

    /// <summary>A cached file that is another one is fetched anew where that is possible.</summary>
    private Task<ResolvedPackage> AgainAsync(ResolvedPackage package, CancellationToken token) =>
        package.Url is not null
            ? DownloadAsync(package, token)
            : throw new SourceException(
                SourceFailure.Mismatch,
                $"{package.Path}: {package.FullName} is not the file that the repository {package.Repository} has.\n"
                    + $"  expected {package.Size} bytes, {package.Sha256 ?? package.Sum}\n"
                    + "Bring the right one, or make the repository anew with `pkg repo`"
            );

    /// <summary>The package with its digest if the file is right; null where it is another one.</summary>
    private ResolvedPackage? Verified(ResolvedPackage package, CancellationToken token)
    {
        try
        {
            return StorageErrors.Guard(package.Path, () => Compare(package, token));
        }
        catch (SourceException exception) when (exception.Failure == SourceFailure.Missing)
        {
            return null;
        }
    }

    private ResolvedPackage? Compare(ResolvedPackage package, CancellationToken token)
    {
        using var file = File.OpenHandle(package.Path);
        var length = RandomAccess.GetLength(file);
        if (length != package.Size)
        {
            return null;
        }

        using var sum = package.Sum is { } expected ? new PackageSumComputing(expected) : null;
        var (sha256, _) = FileDigest.Compute(
            file,
            done =>
                progress?.Report(
                    new SourceProgress(SourceStage.Verify, package.FileName, done, length)
                ),
            token,
            sum
        );
        return (package.Sha256 is null || package.Sha256 == sha256) && sum?.IsRight() != false
            ? package with
            {
                Sha256 = sha256,
            }
            : null;
    }

    private async Task<ResolvedPackage> DownloadAsync(
        ResolvedPackage package,
        CancellationToken token
    )
    {
        var job = new DownloadJob
        {
            Url = package.Url!,
            Path = package.Path,
            Name = package.FileName,
            Sha256 = package.Sha256,
            Sum = package.Sum,
            Size = package.Size,
            MaximumBytes = package.Size,
        };
        try
        {
            var (_, sha256) = await downloader
                .FetchAsync(job, progress, token)
                .ConfigureAwait(false);
            return package with { State = PackageState.Cached, Sha256 = sha256 };
        }
        catch (DownloadException exception)
        {
            throw new SourceException(
                exception.Failure,
                $"{package.FullName}: {exception.Message}.\n"
                    + (
                        exception.IsAbsent
                            ? "The repository has moved on: look at what changed with `appliance lock --update`"
                            : $"Put {package.FileName} into {Path.GetDirectoryName(package.Path)}, or name another mirror"
                    ),
                exception
            );
        }
    }
}
