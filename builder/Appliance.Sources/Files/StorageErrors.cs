using Appliance.Files;

namespace Appliance.Sources.Files;

/// <summary>Turns the errors of the host's file system into ones that say what to do.</summary>
internal static class StorageErrors
{
    private const int NoSpaceUnix = 28; // ENOSPC, the same number on Linux, the BSDs and macOS
    private const int NoSpaceWindows = unchecked((int)0x80070070); // ERROR_DISK_FULL

    public static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (IsStorage(exception))
        {
            throw Explain(path, exception);
        }
    }

    public static void Guard(string path, Action work) =>
        Guard(
            path,
            () =>
            {
                work();
                return 0;
            }
        );

    public static bool IsStorage(Exception exception) =>
        exception is IOException or UnauthorizedAccessException;

    public static SourceException Explain(string path, Exception exception) =>
        new(
            SourceFailure.Storage,
            exception switch
            {
                OutputException => exception.Message,
                { HResult: NoSpaceUnix or NoSpaceWindows } =>
                    $"{path}: the disk is full. Free some space, or set XDG_CACHE_HOME to a directory on a larger disk",
                FileNotFoundException or DirectoryNotFoundException => $"{path}: no such file",
                UnauthorizedAccessException =>
                    $"{path}: no permission ({exception.Message}). Set XDG_CACHE_HOME to a directory that you may write to",
                _ => $"{path}: {exception.Message}",
            },
            exception
        );
}
