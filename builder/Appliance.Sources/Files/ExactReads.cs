using Appliance.Sources.Archives;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Files;

/// <summary>Reads that are whole or fail.</summary>
internal static class ExactReads
{
    /// <summary>Fills <paramref name="buffer"/> from <paramref name="offset"/> of a file.</summary>
    /// <exception cref="ArchiveException">The file ends before.</exception>
    public static void Read(SafeFileHandle file, long offset, Span<byte> buffer, string what)
    {
        for (var done = 0; done < buffer.Length; )
        {
            var read = RandomAccess.Read(file, buffer[done..], offset + done);
            done += read > 0 ? read : throw new ArchiveException($"{what} ends too early");
        }
    }
}
