using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Files;

/// <summary>Brings the names in a folder to disk, so that a rename survives a power cut.</summary>
internal static partial class FolderSync
{
    /// <summary>O_RDONLY and O_CLOEXEC of .NET's pal_io.h.</summary>
    private const int ReadOnlyCloseOnExec = 0x10;

    /// <summary>A file system that cannot is no reason to fail: the file itself is whole.</summary>
    public static void Run(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(folder, ReadOnlyCloseOnExec, 0);
        if (descriptor < 0)
        {
            return;
        }

        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        _ = Flush(handle);
    }

    [LibraryImport(
        "libSystem.Native",
        EntryPoint = "SystemNative_Open",
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial nint Open(string path, int flags, int mode);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_FSync")]
    private static partial int Flush(SafeFileHandle handle);
}
