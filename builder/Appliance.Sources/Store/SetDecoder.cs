using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;
using Appliance.Sources.Archives.Xz;
using Appliance.Sources.Files;
using Appliance.Sources.Sets;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Store;

/// <summary>
/// Makes a payload and an index of a set. The payload is the unpacked archive as it is; the entries point into it.
/// Sparse files, whose content does not lie in one piece there, follow behind the archive, their holes as holes.
/// </summary>
internal sealed class SetDecoder(
    ResolvedSet set,
    LayerStoreOptions options,
    IProgress<SourceProgress>? progress,
    CancellationToken token
)
{
    /// <summary>Verifies the set, decodes it to <paramref name="payloadPath"/>, and flushes that to the disk.</summary>
    /// <exception cref="ArchiveException">The set is no proper archive.</exception>
    /// <exception cref="SourceException">The set is missing or is another one.</exception>
    public LayerIndex Decode(string payloadPath)
    {
        using var input = SetVerification.OpenVerified(set, progress, token);
        var layout = XzContainer.Read(
            input,
            RandomAccess.GetLength(input),
            options.MaximumUnpackedBytes
        );
        FreeSpace.Require(payloadPath, layout.UncompressedSize, set.FileName);
        var (entries, length) = DecodeTo(payloadPath, input, layout);
        return Complete(payloadPath, length, entries);
    }

    private (List<LayerEntry> Entries, long Length) DecodeTo(
        string payloadPath,
        SafeFileHandle input,
        XzLayout layout
    )
    {
        using var payload = File.OpenHandle(
            payloadPath,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Read
        );
        Unpack(input, layout, payload);
        var entries = Scan(payload, layout.UncompressedSize);
        RandomAccess.FlushToDisk(payload);
        return (entries, RandomAccess.GetLength(payload));
    }

    private void Unpack(SafeFileHandle input, XzLayout layout, SafeFileHandle payload) =>
        XzUnpacker.Unpack(
            input,
            layout,
            payload,
            options.Parallel,
            options.DictionaryMemory,
            done =>
                progress?.Report(
                    new SourceProgress(
                        SourceStage.Decode,
                        set.FileName,
                        done,
                        layout.UncompressedSize
                    )
                ),
            token
        );

    private List<LayerEntry> Scan(SafeFileHandle payload, long archiveLength)
    {
        var limits = new TarLimits(options.MaximumEntries, options.MaximumUnpackedBytes);
        var rules = new EntryRules();
        var sparse = new SparseFiles(payload, archiveLength);
        var entries = new List<LayerEntry>();
        foreach (var found in new TarReader(payload, archiveLength, limits).Entries(token))
        {
            if (rules.Accept(found) is { } entry)
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
        using var payload = new Layer(set.Name, set.Sha256, entries, payloadPath, length).Open();
        var complete = PayloadDigests.Compute(payload, entries, options.Parallel, token);
        return new LayerIndex(set.Sha256, length, 0, complete);
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
