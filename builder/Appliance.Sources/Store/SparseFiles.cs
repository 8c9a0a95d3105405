using Appliance.Sources.Archives.Tar;
using Appliance.Sources.Files;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Store;

/// <summary>Lays sparse files out behind the archive in the payload, in one piece each, their holes as holes.</summary>
internal sealed class SparseFiles(SafeFileHandle payload, long archiveLength)
{
    private const int Alignment = 4096;
    private const int BufferSize = 256 * 1024;
    private long end = archiveLength;

    /// <summary>Writes one file and returns where it starts.</summary>
    public long Expand(TarEntry entry, CancellationToken token)
    {
        var start = (end + Alignment - 1) & -(long)Alignment;
        end = start + entry.Length;
        RandomAccess.SetLength(payload, end);
        var buffer = new byte[BufferSize];
        foreach (var extent in entry.Extents ?? [])
        {
            for (long done = 0; done < extent.Length; )
            {
                token.ThrowIfCancellationRequested();
                var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, extent.Length - done));
                ExactReads.Read(payload, extent.ArchiveOffset + done, part, "the archive");
                RandomAccess.Write(payload, part, start + extent.FileOffset + done);
                done += part.Length;
            }
        }

        return start;
    }
}
