using System.Runtime.InteropServices;

namespace Appliance.FirstBoot.Machine;

/// <summary>The calls of the C library that .NET has no managed form for; the same on Linux and FreeBSD.</summary>
internal static partial class NativeMethods
{
    [LibraryImport(
        "libc",
        EntryPoint = "link",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    internal static partial int Link(string path, string secondPath);

    [LibraryImport(
        "libc",
        EntryPoint = "chown",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    internal static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport("libc", EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();
}
