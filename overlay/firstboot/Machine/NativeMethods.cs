using System.Runtime.InteropServices;

namespace Appliance.FirstBoot.Machine;

/// <summary>
/// The calls of the C library that .NET has no managed form for. Their names, arguments and the constants
/// here are the same on Linux and FreeBSD.
/// </summary>
internal static partial class NativeMethods
{
    private const string C = "libc";

    /// <summary>waitpid(2): return at once.</summary>
    internal const int NoHang = 1;

    /// <summary>SIGKILL.</summary>
    internal const int Kill = 9;

    /// <summary>poll(2): data may be read.</summary>
    internal const short Readable = 1;

    /// <summary>poll(2): data may be written.</summary>
    internal const short Writable = 4;

    [LibraryImport(
        C,
        EntryPoint = "link",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    internal static partial int Link(string path, string secondPath);

    [LibraryImport(
        C,
        EntryPoint = "chown",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    internal static partial int ChangeOwner(string path, uint user, uint group);

    [LibraryImport(C, EntryPoint = "geteuid")]
    internal static partial uint EffectiveUser();

    /// <summary>RUSAGE_SELF is 0 everywhere. The structure has two times of two words, then the peak in KiB.</summary>
    [LibraryImport(C, EntryPoint = "getrusage")]
    internal static unsafe partial int ResourceUsage(int who, long* usage);

    /// <summary>Read only; the flag is 0 everywhere.</summary>
    [LibraryImport(
        C,
        EntryPoint = "open",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    internal static partial int Open(string path, int flags);

    [LibraryImport(C, EntryPoint = "pread", SetLastError = true)]
    internal static unsafe partial nint ReadAt(
        int descriptor,
        byte* buffer,
        nint length,
        long offset
    );

    [LibraryImport(C, EntryPoint = "pipe", SetLastError = true)]
    internal static unsafe partial int Pipe(int* descriptors);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    internal static unsafe partial nint Read(int descriptor, byte* buffer, nint length);

    [LibraryImport(C, EntryPoint = "send", SetLastError = true)]
    internal static unsafe partial nint Send(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport(C, EntryPoint = "socket", SetLastError = true)]
    internal static partial int Socket(int family, int type, int protocol);

    [LibraryImport(C, EntryPoint = "connect", SetLastError = true)]
    internal static unsafe partial int Connect(int descriptor, byte* address, uint length);

    /// <summary>fcntl(2) with a number; variable arguments are passed like others on amd64 and on arm64 ELF.</summary>
    [LibraryImport(C, EntryPoint = "fcntl", SetLastError = true)]
    internal static partial int Control(int descriptor, int command, int value);

    [LibraryImport(C, EntryPoint = "fsync", SetLastError = true)]
    internal static partial int Flush(int descriptor);

    [LibraryImport(C, EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    internal static unsafe partial int Poll(
        PollDescriptor* descriptors,
        nuint count,
        int milliseconds
    );

    [LibraryImport(C, EntryPoint = "waitpid", SetLastError = true)]
    internal static unsafe partial int Wait(int process, int* status, int options);

    [LibraryImport(C, EntryPoint = "kill")]
    internal static partial int Signal(int process, int signal);

    [LibraryImport(C, EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial int Spawn(
        int* process,
        string path,
        void* actions,
        void* attributes,
        byte** arguments,
        byte** environment
    );

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_init")]
    internal static unsafe partial int InitializeActions(void* actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_destroy")]
    internal static unsafe partial int DestroyActions(void* actions);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_adddup2")]
    internal static unsafe partial int AddDuplicate(void* actions, int descriptor, int copy);

    [LibraryImport(C, EntryPoint = "posix_spawn_file_actions_addclose")]
    internal static unsafe partial int AddClose(void* actions, int descriptor);

    [LibraryImport(
        C,
        EntryPoint = "posix_spawn_file_actions_addopen",
        StringMarshalling = StringMarshalling.Utf8
    )]
    internal static unsafe partial int AddOpen(
        void* actions,
        int descriptor,
        string path,
        int flags,
        uint mode
    );
}

/// <summary>struct pollfd.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public int Descriptor;
    public short Wanted;
    public short Found;
}
