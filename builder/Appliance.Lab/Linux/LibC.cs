using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Lab.Linux;

/// <summary>What .NET has no call for: namespaces, TUN devices, and waiting for several descriptors at once.</summary>
internal static partial class LibC
{
    /// <summary>CLONE_NEWNET of sched.h: the namespace is one of the network.</summary>
    public const int NewNetwork = 0x40000000;

    /// <summary>O_RDWR | O_CLOEXEC of fcntl.h on all of Linux's architectures that .NET runs on.</summary>
    public const int ReadWriteCloseOnExec = 0x2 | 0x80000;

    /// <summary>O_RDONLY | O_CLOEXEC likewise.</summary>
    public const int ReadOnlyCloseOnExec = 0x80000;

    /// <summary>POLLIN of poll.h.</summary>
    public const short Readable = 0x1;

    /// <summary>EINTR of errno.h.</summary>
    public const int Interrupted = 4;

    /// <summary>One entry of poll(2).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }

    [LibraryImport(
        "libc",
        EntryPoint = "open",
        SetLastError = true,
        StringMarshalling = StringMarshalling.Utf8
    )]
    public static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    public static partial int SetNamespace(SafeFileHandle descriptor, int kind);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(
        SafeFileHandle descriptor,
        nuint request,
        Span<byte> argument
    );

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(Span<PollEntry> entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    public static partial nint Read(SafeFileHandle descriptor, Span<byte> buffer, nuint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    public static partial nint Write(
        SafeFileHandle descriptor,
        ReadOnlySpan<byte> buffer,
        nuint count
    );

    /// <summary>A raw socket of any protocol; .NET's own constructor knows a few only.</summary>
    /// <param name="family">AF_INET is 2, AF_INET6 is 10, AF_PACKET is 17.</param>
    /// <exception cref="LabException">The kernel refuses.</exception>
    public static Socket RawSocket(int family, int protocol)
    {
        const int RawCloseOnExec = 3 | 0x80000;
        var descriptor = OpenSocket(family, RawCloseOnExec, protocol);
        return descriptor >= 0
            ? new Socket(new SafeSocketHandle(descriptor, ownsHandle: true))
            : throw new LabException(
                LabFault.NeedsRoot,
                $"a raw socket of protocol {protocol} cannot be had: {LastError()}"
            );
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int family, int type, int protocol);

    /// <summary>Sends a signal to one process; one that is gone already is no error.</summary>
    public static void Signal(int process, int signal)
    {
        // 0 and negative numbers mean groups of processes, and 1 is init.
        ArgumentOutOfRangeException.ThrowIfLessThan(process, 2);
        _ = SendSignal(process, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);

    /// <summary>What the last call said was wrong.</summary>
    public static string LastError() => Marshal.GetLastPInvokeErrorMessage();
}
