namespace Appliance.Files;

/// <summary>The place that an output is to take.</summary>
internal static class OutputTarget
{
    /// <summary>
    /// Accepts a name that is free, a file, and a symbolic link to a file or to nothing: the rename replaces the link, and
    /// what it leads to stays as it is.
    /// </summary>
    /// <exception cref="OutputException">A folder, a device, a FIFO or a socket is there, or a link to one.</exception>
    public static void Check(string path)
    {
        if (IsOfDevices(Path.GetFullPath(path)))
        {
            throw new OutputException(
                $"{path} is among the devices, and nothing is written onto one: name a file"
            );
        }

        var entry = Entry.Of(path);
        var kind = entry.Kind == EntryKind.SymbolicLink ? Entry.Behind(path).Kind : entry.Kind;
        if (kind is EntryKind.Folder or EntryKind.Special)
        {
            var what = kind == EntryKind.Folder ? "a folder" : "a device, a FIFO or a socket";
            var how = entry.Kind == EntryKind.SymbolicLink ? "a symbolic link to " : "";
            throw new OutputException(
                $"{path} is {how}{what}, and nothing is written onto it: name a file"
            );
        }
    }

    /// <summary>A link such as /dev/stdout leads to a file at times, and is nothing to be replaced for all that.</summary>
    private static bool IsOfDevices(string path) =>
        !OperatingSystem.IsWindows()
        && (
            path.StartsWith("/proc/", StringComparison.Ordinal)
            || (
                path.StartsWith("/dev/", StringComparison.Ordinal)
                && !path.StartsWith("/dev/shm/", StringComparison.Ordinal)
            )
        );

    /// <summary>The same for a file that is written in place, such as a lock: there must be no link at all.</summary>
    /// <exception cref="OutputException">Anything but a file is there.</exception>
    public static void CheckInPlace(string path)
    {
        Check(path);
        if (Entry.Of(path).Kind == EntryKind.SymbolicLink)
        {
            throw new OutputException(
                $"{path} is a symbolic link, which is not followed: remove it"
            );
        }
    }
}
