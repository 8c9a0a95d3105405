using System.Runtime.InteropServices;
using Appliance.FirstBoot.Media;

namespace Appliance.FirstBoot.Machine;

/// <summary>
/// A disk's device, or an image of a disk. Opened with open(2): .NET's own streams lock what they open, which a
/// device does not take.
/// </summary>
internal sealed class DiskFile : IBlockSource
{
    /// <summary>ENXIO, the same everywhere: a drive that has nothing in it opens, but does not read.</summary>
    private const int NoMedium = 6;

    private int descriptor;

    private DiskFile(int descriptor) => this.descriptor = descriptor;

    /// <summary>Null when it cannot be opened: no medium in the drive, no such device.</summary>
    public static DiskFile? Open(string path)
    {
        var descriptor = NativeMethods.Open(path, 0);
        return descriptor < 0 ? null : new DiskFile(descriptor);
    }

    public unsafe int Read(long offset, Span<byte> buffer)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            nint length;
            fixed (byte* pointer = buffer[total..])
            {
                length = NativeMethods.ReadAt(
                    descriptor,
                    pointer,
                    buffer.Length - total,
                    offset + total
                );
            }

            if (length < 0 && Marshal.GetLastPInvokeError() == NoMedium)
            {
                return 0;
            }

            if (length < 0)
            {
                throw new IOException(Marshal.GetLastPInvokeErrorMessage());
            }

            if (length == 0)
            {
                break;
            }

            total += (int)length;
        }

        return total;
    }

    public void Dispose()
    {
        if (descriptor >= 0)
        {
            _ = NativeMethods.Close(descriptor);
            descriptor = -1;
        }
    }
}
