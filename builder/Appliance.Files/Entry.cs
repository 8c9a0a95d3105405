using System.Runtime.InteropServices;

namespace Appliance.Files;

/// <summary>
/// Type and owner of a directory entry. .NET's own file API tells neither a device from a file nor whose a link is, so the
/// system calls behind it are used, in the portable form of .NET's native library.
/// </summary>
internal readonly partial record struct Entry(EntryKind Kind, uint Owner)
{
    /// <summary>S_IFMT of sys/stat.h and its values, the same on Linux, the BSDs and macOS.</summary>
    private const int TypeMask = 0xF000;
    private const int Folder = 0x4000;
    private const int Regular = 0x8000;
    private const int Link = 0xA000;

    /// <summary>Larger than FileStatus of .NET's pal_io.h, whose first fields are flags, mode, user and group.</summary>
    private const int StatusBytes = 512;

    /// <summary>The entry itself, which may be a symbolic link.</summary>
    public static Entry Of(string path) =>
        OperatingSystem.IsWindows() ? OfWindows(path) : Read(path, LinkStatus);

    /// <summary>What a path leads to through symbolic links.</summary>
    public static Entry Behind(string path) =>
        OperatingSystem.IsWindows() ? OfWindows(ResolvedOnWindows(path)) : Read(path, Status);

    /// <summary>It is ours or root's.</summary>
    public bool IsTrusted => OperatingSystem.IsWindows() || Owner == 0 || Owner == UserId();

    private delegate int StatusCall(string path, Span<byte> status);

    private static Entry Read(string path, StatusCall call)
    {
        Span<byte> status = stackalloc byte[StatusBytes];
        if (call(path, status) != 0)
        {
            return default;
        }

        var mode = BitConverter.ToInt32(status[4..]);
        var kind = (mode & TypeMask) switch
        {
            Regular => EntryKind.File,
            Folder => EntryKind.Folder,
            Link => EntryKind.SymbolicLink,
            _ => EntryKind.Special,
        };
        return new(kind, BitConverter.ToUInt32(status[8..]));
    }

    private static string ResolvedOnWindows(string path) =>
        new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path;

    private static Entry OfWindows(string path)
    {
        var info = new FileInfo(path);
        return new(
            info.LinkTarget is not null ? EntryKind.SymbolicLink
                : Directory.Exists(path) ? EntryKind.Folder
                : info.Exists ? EntryKind.File
                : EntryKind.Missing,
            0
        );
    }

    [LibraryImport(
        "libSystem.Native",
        EntryPoint = "SystemNative_LStat",
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int LinkStatus(string path, Span<byte> status);

    [LibraryImport(
        "libSystem.Native",
        EntryPoint = "SystemNative_Stat",
        StringMarshalling = StringMarshalling.Utf8
    )]
    private static partial int Status(string path, Span<byte> status);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_GetEUid")]
    private static partial uint UserId();
}
