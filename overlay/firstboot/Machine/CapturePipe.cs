using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Appliance.FirstBoot.Machine;

/// <summary>A pipe whose writing end becomes a descriptor of a child.</summary>
internal sealed class CapturePipe : IDisposable
{
    private const int Closed = -1;

    private readonly MemoryStream content = new();
    private int reader;
    private int writer;

    public unsafe CapturePipe()
    {
        var descriptors = stackalloc int[2];
        if (NativeMethods.Pipe(descriptors) != 0)
        {
            throw new IOException($"pipe: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        (reader, writer) = (descriptors[0], descriptors[1]);
    }

    /// <summary>What was read so far; bytes that are no UTF-8 are replaced.</summary>
    public string Text => Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length);

    private bool IsOpen => reader != Closed;

    /// <summary>In the child: the writing end becomes this descriptor, the others are closed.</summary>
    public unsafe void AddTo(void* actions, int descriptor)
    {
        _ = NativeMethods.AddDuplicate(actions, writer, descriptor);
        _ = NativeMethods.AddClose(actions, writer);
        _ = NativeMethods.AddClose(actions, reader);
    }

    /// <summary>In the parent: otherwise the end of the output would never come.</summary>
    public void CloseWriter() => Close(ref writer);

    public void Dispose()
    {
        Close(ref reader);
        Close(ref writer);
        content.Dispose();
    }

    /// <summary>Reads both pipes to their ends; false when the limit came first.</summary>
    public static unsafe bool Drain(
        CapturePipe first,
        CapturePipe second,
        TimeSpan limit,
        Stopwatch watch
    )
    {
        var polls = stackalloc PollDescriptor[2];
        while (first.IsOpen || second.IsOpen)
        {
            var remaining = (limit - watch.Elapsed).TotalMilliseconds;
            if (remaining <= 0)
            {
                return false;
            }

            // poll(2) passes over negative descriptors.
            polls[0] = new PollDescriptor
            {
                Descriptor = first.reader,
                Wanted = NativeMethods.Readable,
            };
            polls[1] = new PollDescriptor
            {
                Descriptor = second.reader,
                Wanted = NativeMethods.Readable,
            };
            _ = NativeMethods.Poll(polls, 2, (int)Math.Ceiling(remaining));
            first.ReadIf(polls[0].Found != 0);
            second.ReadIf(polls[1].Found != 0);
        }

        return true;
    }

    private unsafe void ReadIf(bool ready)
    {
        if (!ready || !IsOpen)
        {
            return;
        }

        const int Size = 64 * 1024;
        var buffer = new byte[Size];
        fixed (byte* pointer = buffer)
        {
            var length = NativeMethods.Read(reader, pointer, Size);
            if (length > 0)
            {
                content.Write(buffer, 0, (int)length);
            }
            else if (length == 0 || !IsInterrupted())
            {
                Close(ref reader);
            }
        }
    }

    /// <summary>EINTR is 4 on every Unix.</summary>
    private static bool IsInterrupted() => Marshal.GetLastPInvokeError() == 4;

    private static void Close(ref int descriptor)
    {
        if (descriptor != Closed)
        {
            _ = NativeMethods.Close(descriptor);
            descriptor = Closed;
        }
    }
}
