using System.Security.Cryptography;

namespace Appliance.Files;

/// <summary>The folders that outputs lie in.</summary>
public static class OutputFolder
{
    /// <summary>
    /// Makes a folder that a user named, with those above it, and returns its absolute path. A symbolic link to a folder is
    /// followed, unless a foreign user made it in a folder that all may write, such as /tmp.
    /// </summary>
    /// <exception cref="OutputException">A file, a device, a dangling or a foreign link is there, or it cannot be made.</exception>
    public static string Create(string path)
    {
        var full = Path.GetFullPath(path);
        var parts = new Stack<string>();
        for (var part = full; part is not null; part = Path.GetDirectoryName(part))
        {
            parts.Push(part);
        }

        foreach (var part in parts)
        {
            Require(part);
        }

        return full;
    }

    /// <summary>
    /// Makes a folder below one that a user named. Nothing below it may be a symbolic link: what is written there must not
    /// leave the folder.
    /// </summary>
    /// <param name="root">The folder that the user named.</param>
    /// <param name="relative">From there, such as "etc/ssh"; empty for the folder itself.</param>
    /// <exception cref="OutputException">As for <see cref="Create"/>, or a symbolic link is below the folder.</exception>
    public static string CreateBelow(string root, string relative)
    {
        var path = Create(root);
        foreach (var name in relative.Split(['/', '\\'], StringSplitOptions.RemoveEmptyEntries))
        {
            path = Path.Combine(path, name);
            if (name is "." or ".." || Entry.Of(path).Kind == EntryKind.SymbolicLink)
            {
                throw new OutputException(
                    $"{path} leads out of {root} and is not followed: remove it, or name another folder"
                );
            }

            Require(path);
        }

        return path;
    }

    /// <summary>Makes a folder with a random name and mode 0700, and returns its absolute path.</summary>
    /// <param name="prefix">Beginning of the name.</param>
    /// <param name="parent">Null: the system's folder for temporary files.</param>
    public static string CreateTemporary(string prefix, string? parent = null)
    {
        if (parent is null)
        {
            return Directory.CreateTempSubdirectory(prefix).FullName;
        }

        var path = Path.Combine(Create(parent), prefix + RandomName());
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            // A name of 64 random bits that nobody knew before: what is there is what was just made.
            Directory.CreateDirectory(path, PrivateFolder);
        }

        return path;
    }

    /// <summary>Finds out whether files can be made in a folder, before work that would be lost.</summary>
    /// <exception cref="IOException">They cannot.</exception>
    public static void CheckWritable(string path)
    {
        var folder = Create(path);
        using var probe = new FileStream(
            Path.Combine(folder, $".{RandomName()}.probe"),
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                Options = FileOptions.DeleteOnClose,
            }
        );
    }

    /// <summary>Gives a folder that was written aside its final name, durably.</summary>
    public static void Publish(string aside, string path)
    {
        Directory.Move(aside, path);
        FolderSync.Run(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    internal static string RandomName() => RandomNumberGenerator.GetHexString(16, lowercase: true);

    private const UnixFileMode PrivateFolder =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static void Require(string path)
    {
        var entry = Entry.Of(path);
        switch (entry.Kind)
        {
            case EntryKind.Folder:
                return;
            case EntryKind.Missing:
                Directory.CreateDirectory(path);
                return;
            case EntryKind.SymbolicLink
                when !entry.IsTrusted && IsShared(Path.GetDirectoryName(path)):
                throw new OutputException(
                    $"{path} is a symbolic link of another user in a folder that all may write; it is not followed: name another folder"
                );
            case EntryKind.SymbolicLink when Entry.Behind(path).Kind == EntryKind.Folder:
                return;
            case EntryKind.SymbolicLink:
                throw new OutputException(
                    $"{path} is a symbolic link to {new FileInfo(path).LinkTarget}, which is no folder: name another folder"
                );
            default:
                var what = entry.Kind == EntryKind.File ? "a file" : "a device, a FIFO or a socket";
                throw new OutputException($"{path} is {what}, not a folder: name a folder");
        }
    }

    private static bool IsShared(string? folder) =>
        folder is not null
        && !OperatingSystem.IsWindows()
        && (File.GetUnixFileMode(folder) & UnixFileMode.OtherWrite) != 0;
}
