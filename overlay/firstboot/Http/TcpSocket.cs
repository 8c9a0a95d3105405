using System.Net;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Appliance.FirstBoot.Machine;

namespace Appliance.FirstBoot.Http;

/// <summary>
/// A connection that never waits longer than it is told: socket(2), connect(2), poll(2). .NET's own Socket class brings
/// an engine for asynchronous work along, which nobody uses here.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class TcpSocket : IDisposable
{
    private const int Stream = 1;

    /// <summary>F_SETFL, and EINPROGRESS and O_NONBLOCK of Linux and of BSD.</summary>
    private const int SetFlags = 4;
    private const int LinuxInProgress = 115;
    private const int BsdInProgress = 36;
    private const int LinuxNonBlocking = 0x800;
    private const int BsdNonBlocking = 4;

    /// <summary>MSG_NOSIGNAL: an end that has gone is an error, and not the end of us.</summary>
    private const int LinuxNoSignal = 0x4000;
    private const int BsdNoSignal = 0x20000;

    private const int Interrupted = 4;

    private int descriptor;

    /// <exception cref="IOException">There is no way there.</exception>
    public unsafe TcpSocket(IPEndPoint server)
    {
        var address = server.Serialize();
        var bytes = address.Buffer.Span[..address.Size];
        // BSD has the length in the first byte, and the family in the second.
        var family = OperatingSystem.IsLinux() ? bytes[0] : bytes[1];
        descriptor = NativeMethods.Socket(family, Stream, 0);
        if (descriptor < 0)
        {
            throw Failure();
        }

        _ = NativeMethods.Control(
            descriptor,
            SetFlags,
            OperatingSystem.IsLinux() ? LinuxNonBlocking : BsdNonBlocking
        );
        fixed (byte* pointer = bytes)
        {
            var isUnderWay =
                NativeMethods.Connect(descriptor, pointer, (uint)bytes.Length) == 0
                || Marshal.GetLastPInvokeError() is LinuxInProgress or BsdInProgress;
            if (!isUnderWay)
            {
                var failure = Failure();
                Dispose();
                throw failure;
            }
        }
    }

    /// <exception cref="HttpException">The time is over.</exception>
    /// <exception cref="IOException">The other side is not there, or has gone.</exception>
    public unsafe void Send(ReadOnlySpan<byte> content, Func<TimeSpan> remaining)
    {
        while (content.Length > 0)
        {
            Await(NativeMethods.Writable, remaining());
            fixed (byte* pointer = content)
            {
                var length = NativeMethods.Send(
                    descriptor,
                    pointer,
                    content.Length,
                    OperatingSystem.IsLinux() ? LinuxNoSignal : BsdNoSignal
                );
                content = content[(int)Checked(length)..];
            }
        }
    }

    /// <summary>What has come, 0 at the end.</summary>
    /// <exception cref="HttpException">Nothing came in time.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    public unsafe int Receive(Span<byte> buffer, TimeSpan limit)
    {
        while (true)
        {
            Await(NativeMethods.Readable, limit);
            fixed (byte* pointer = buffer)
            {
                var length = NativeMethods.Read(descriptor, pointer, buffer.Length);
                if (length >= 0 || Marshal.GetLastPInvokeError() != Interrupted)
                {
                    return (int)Checked(length);
                }
            }
        }
    }

    public void Dispose()
    {
        if (descriptor >= 0)
        {
            _ = NativeMethods.Close(descriptor);
            descriptor = -1;
        }
    }

    private unsafe void Await(short wanted, TimeSpan limit)
    {
        var poll = new PollDescriptor { Descriptor = descriptor, Wanted = wanted };
        if (
            limit <= TimeSpan.Zero
            || NativeMethods.Poll(&poll, 1, (int)Math.Ceiling(limit.TotalMilliseconds)) == 0
        )
        {
            throw new HttpException("no answer in time");
        }
    }

    private static nint Checked(nint length) => length < 0 ? throw Failure() : length;

    private static IOException Failure() => new(Marshal.GetLastPInvokeErrorMessage());
}
