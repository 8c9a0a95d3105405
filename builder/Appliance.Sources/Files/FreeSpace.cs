namespace Appliance.Sources.Files;

/// <summary>Looks for room before long work, so that a full disk is noticed at its start.</summary>
internal static class FreeSpace
{
    /// <exception cref="SourceException">The disk of <paramref name="path"/> has less than <paramref name="bytes"/> left.</exception>
    public static void Require(string path, long bytes, string what)
    {
        long available;
        var directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        try
        {
            available = new DriveInfo(directory).AvailableFreeSpace;
        }
        catch (Exception exception)
            when (exception is ArgumentException || StorageErrors.IsStorage(exception))
        {
            return; // The host cannot tell; a full disk is then noticed when it is full.
        }

        if (available < bytes)
        {
            throw new SourceException(
                SourceFailure.Storage,
                $"{directory}: {what} unpacks to {bytes} bytes here, the disk has {available} left. "
                    + "Free some space, or set XDG_CACHE_HOME to a directory on a larger disk"
            );
        }
    }
}
