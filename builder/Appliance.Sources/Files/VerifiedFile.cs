using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Files;

/// <summary>A file on this machine and what it has to be.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its name in the progress.</param>
/// <param name="Sha256">Its digest: 64 lowercase hexadecimal digits.</param>
/// <param name="Size">Its size in bytes, where known.</param>
/// <param name="WhenMissing">What to do where it is not there.</param>
/// <param name="WhenOther">What to do where it is another one.</param>
internal sealed record FileDemand(
    string Path,
    string Name,
    string Sha256,
    long? Size,
    string WhenMissing,
    string WhenOther
);

/// <summary>Compares a file on this machine with what it has to be.</summary>
internal static class VerifiedFile
{
    /// <summary>Opens a file, reads it once, and returns it open only if its size and digest are right.</summary>
    /// <exception cref="SourceException">It is missing, cannot be read, or is another one.</exception>
    public static SafeFileHandle Open(
        FileDemand demand,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        if (!File.Exists(demand.Path))
        {
            throw new SourceException(
                SourceFailure.Missing,
                $"{demand.Path}: no such file. {demand.WhenMissing}"
            );
        }

        var file = StorageErrors.Guard(
            demand.Path,
            () => File.OpenHandle(demand.Path, FileMode.Open, FileAccess.Read)
        );
        try
        {
            Verify(file, demand, progress, token);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static void Verify(
        SafeFileHandle file,
        FileDemand demand,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        var length = RandomAccess.GetLength(file);
        if (demand.Size is { } size && length != size)
        {
            throw Mismatch(demand, $"{size} bytes", $"{length} bytes");
        }

        var (sha256, _) = StorageErrors.Guard(
            demand.Path,
            () =>
                FileDigest.Compute(
                    file,
                    done =>
                        progress?.Report(
                            new SourceProgress(SourceStage.Verify, demand.Name, done, length)
                        ),
                    token
                )
        );
        if (sha256 != demand.Sha256)
        {
            throw Mismatch(demand, $"sha256 {demand.Sha256}", $"sha256 {sha256}");
        }
    }

    private static SourceException Mismatch(FileDemand demand, string expected, string found) =>
        new(
            SourceFailure.Mismatch,
            $"{demand.Path} is not the file it has to be.\n  expected {expected}\n  found    {found}\n"
                + demand.WhenOther
        );
}
