using Appliance.Files;
using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;
using Appliance.Sources.Archives.Xz;
using Appliance.Sources.Files;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Store;

/// <summary>
/// Makes a payload and an index of an archive. The payload is the unpacked archive as it is; the entries point into it.
/// Sparse files, whose content does not lie in one piece there, follow behind the archive, their holes as holes.
/// </summary>
internal sealed class LayerDecoder(
    LayerInput source,
    LayerStoreOptions options,
    IProgress<SourceProgress>? progress,
    CancellationToken token
)
{
    private const int BufferSize = 256 * 1024;

    /// <summary>Verifies the archive, decodes it to <paramref name="payloadPath"/>, and flushes that to the disk.</summary>
    /// <exception cref="ArchiveException">It is no proper archive.</exception>
    /// <exception cref="SourceException">It is missing or is another one.</exception>
    public LayerIndex Decode(string payloadPath)
    {
        using var input = source.OpenVerified(progress, token);
        var (entries, length) = DecodeTo(payloadPath, input);
        return Complete(payloadPath, length, entries);
    }

    private (List<LayerEntry> Entries, long Length) DecodeTo(
        string payloadPath,
        SafeFileHandle input
    )
    {
        var maximum = source.MaximumBytes(options);
        using var file = OutputFile.CreateNew(payloadPath);
        var payload = file.SafeFileHandle;
        var isXz = !source.IsPackedAnyhow || Compression.KindOf(input) == CompressionKind.Xz;
        var length = isXz
            ? UnpackXz(input, payload, payloadPath, maximum)
            : UnpackStream(input, payload, maximum);
        var entries = Scan(payload, length, maximum);
        RandomAccess.FlushToDisk(payload);
        return (entries, RandomAccess.GetLength(payload));
    }

    /// <summary>All cores at once, and the room is known before the work.</summary>
    private long UnpackXz(
        SafeFileHandle input,
        SafeFileHandle payload,
        string payloadPath,
        long maximum
    )
    {
        var layout = XzContainer.Read(input, RandomAccess.GetLength(input), maximum);
        var total = layout.UncompressedSize;
        FreeSpace.Require(payloadPath, total, source.FileName);
        XzUnpacker.Unpack(
            input,
            layout,
            payload,
            options.Parallel,
            options.DictionaryMemory,
            done => Report(done, total),
            token
        );
        return total;
    }

    private long UnpackStream(SafeFileHandle input, SafeFileHandle payload, long maximum)
    {
        using var content = Compression.Open(input, maximum);
        var buffer = new byte[BufferSize];
        long done = 0;
        int read;
        while ((read = content.Read(buffer)) > 0)
        {
            token.ThrowIfCancellationRequested();
            RandomAccess.Write(payload, buffer.AsSpan(0, read), done);
            done += read;
            Report(done, null);
        }

        return done;
    }

    private void Report(long done, long? total) =>
        progress?.Report(new SourceProgress(SourceStage.Decode, source.FileName, done, total));

    private List<LayerEntry> Scan(SafeFileHandle payload, long archiveLength, long maximum)
    {
        var limits = new TarLimits(options.MaximumEntries, maximum);
        var rules = new EntryRules();
        var sparse = new SparseFiles(payload, archiveLength);
        var entries = new List<LayerEntry>();
        foreach (var found in new TarReader(payload, archiveLength, limits).Entries(token))
        {
            if (rules.Accept(source.Place(found)) is { } entry)
            {
                var offset = entry.Extents is null
                    ? entry.ContentOffset
                    : sparse.Expand(entry, token);
                entries.Add(ToLayerEntry(entry, offset));
            }
        }

        return entries;
    }

    private LayerIndex Complete(string payloadPath, long length, List<LayerEntry> entries)
    {
        using var payload = new Layer(
            source.Name,
            source.Sha256,
            entries,
            payloadPath,
            length
        ).Open();
        var complete = PayloadDigests.Compute(payload, entries, options.Parallel, token);
        source.Check(complete, payload);
        return new LayerIndex(source.Sha256, length, 0, complete);
    }

    private static LayerEntry ToLayerEntry(TarEntry entry, long payloadOffset) =>
        new()
        {
            Path = entry.Path,
            Kind = entry.Kind switch
            {
                TarEntryKind.Directory => LayerEntryKind.Directory,
                TarEntryKind.SymbolicLink => LayerEntryKind.SymbolicLink,
                TarEntryKind.HardLink => LayerEntryKind.HardLink,
                _ => LayerEntryKind.File,
            },
            Mode = entry.Mode,
            Uid = entry.Uid,
            Gid = entry.Gid,
            UserName = entry.UserName,
            GroupName = entry.GroupName,
            Flags = entry.Flags,
            ModifiedNanoseconds = entry.ModifiedNanoseconds,
            LinkTarget = entry.LinkTarget,
            PayloadOffset = payloadOffset,
            Length = entry.Length,
            Sha256 = default,
        };
}
