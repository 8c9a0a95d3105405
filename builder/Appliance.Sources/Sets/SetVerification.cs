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
    ) =>
        VerifiedFile.Open(
            new FileDemand(
                set.Path,
                set.FileName,
                set.Sha256,
                set.Size,
                "Bring it here, or fetch it with `appliance sets`",
                "Remove it to have it downloaded again; or, if the release itself has changed, "
                    + "look at the change with `appliance lock --update`"
            ),
            progress,
            token
        );
}
