using Appliance.Sources.Files;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Sets;

/// <summary>Compares a set on this machine with what the lock or the MANIFEST demands.</summary>
internal static class SetVerification
{
    /// <summary>Opens a set, reads it once, and returns it open only if its size and digest are right.</summary>
    /// <exception cref="SourceException">It is missing, cannot be read, or is another one.</exception>
    public static SafeFileHandle OpenVerified(
        ResolvedSet set,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        if (!File.Exists(set.Path))
        {
            throw new SourceException(
                SourceFailure.Missing,
                $"{set.Path}: no such file. Bring it here, or fetch it with `appliance sets`"
            );
        }

        var file = StorageErrors.Guard(
            set.Path,
            () => File.OpenHandle(set.Path, FileMode.Open, FileAccess.Read)
        );
        try
        {
            Verify(file, set, progress, token);
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
        ResolvedSet set,
        IProgress<SourceProgress>? progress,
        CancellationToken token
    )
    {
        var length = RandomAccess.GetLength(file);
        if (set.Size is { } size && length != size)
        {
            throw Mismatch(set, $"{size} bytes", $"{length} bytes");
        }

        var (sha256, _) = StorageErrors.Guard(
            set.Path,
            () =>
                FileDigest.Compute(
                    file,
                    done =>
                        progress?.Report(
                            new SourceProgress(SourceStage.Verify, set.FileName, done, length)
                        ),
                    token
                )
        );
        if (sha256 != set.Sha256)
        {
            throw Mismatch(set, $"sha256 {set.Sha256}", $"sha256 {sha256}");
        }
    }

    private static SourceException Mismatch(ResolvedSet set, string expected, string found) =>
        new(
            SourceFailure.Mismatch,
            $"{set.Path} is not the file it has to be.\n  expected {expected}\n  found    {found}\n"
                + "Remove it to have it downloaded again; or, if the release itself has changed, "
                + "look at the change with `appliance lock --update`"
        );
}
