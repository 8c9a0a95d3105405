using System.Buffers.Binary;
using System.Text;

namespace Appliance.FirstBoot.Media;

/// <summary>FAT12, FAT16 and FAT32 with long names (Microsoft's specification, 1.03).</summary>
internal sealed class FatVolume : IMedium
{
    private const int EntrySize = 32;
    private const int MaximumEntries = 16384;
    private const byte LabelAttribute = 0x08;
    private const byte FolderAttribute = 0x10;
    private const byte LongNameAttribute = 0x0f;

    private readonly BlockReader reader;
    private readonly FatLayout layout;

    private FatVolume(BlockReader reader, FatLayout layout)
    {
        (this.reader, this.layout) = (reader, layout);
        Label = FindLabel();
    }

    public string Label { get; }

    /// <summary>Null when the first sector is not that of a FAT file system.</summary>
    public static FatVolume? Open(BlockReader reader)
    {
        var sector = new byte[512];
        return reader.TryRead(0, sector) && FatLayout.Parse(sector) is { } layout
            ? new FatVolume(reader, layout)
            : null;
    }

    public byte[]? Read(string path, int limit)
    {
        var folder = RootFolder();
        var parts = path.Split('/');
        for (var index = 0; index < parts.Length; index++)
        {
            var entry = Entries(folder)
                .FirstOrDefault(item =>
                    item.IsNamed(parts[index]) && item.IsFolder == index < parts.Length - 1
                );
            if (entry is null)
            {
                return null;
            }

            if (index == parts.Length - 1)
            {
                return entry.Size <= limit
                    ? Chain(entry.FirstCluster, (int)entry.Size)
                    : throw new MediumException($"{path} is larger than {limit} bytes");
            }

            folder = Chain(entry.FirstCluster, MaximumEntries * EntrySize, isFolder: true);
        }

        return null;
    }

    /// <summary>The entry of the root folder counts, mkfs and label tools write both.</summary>
    private string FindLabel()
    {
        try
        {
            var root = RootFolder();
            for (var at = 0; at + EntrySize <= root.Length && root[at] != 0; at += EntrySize)
            {
                if (root[at] != 0xe5 && (root[at + 11] & 0x3f) == LabelAttribute)
                {
                    return Encoding.Latin1.GetString(root, at, 11).TrimEnd();
                }
            }
        }
        catch (MediumException)
        {
            // The label in the boot sector is all there is; reading a file tells what is wrong.
        }

        return layout.Label;
    }

    private byte[] RootFolder() =>
        layout.RootCluster > 0
            ? Chain(layout.RootCluster, MaximumEntries * EntrySize, isFolder: true)
            : reader.Read(layout.RootOffset, layout.RootLength);

    /// <summary>What a chain of clusters holds: a file to its size, a folder to the end of its chain.</summary>
    private byte[] Chain(uint cluster, int length, bool isFolder = false)
    {
        using var content = new MemoryStream();
        while (content.Length < length && layout.IsData(cluster))
        {
            var count = Math.Min(length - (int)content.Length, layout.ClusterSize);
            content.Write(reader.Read(layout.OffsetOf(cluster), count));
            cluster = Next(cluster);
        }

        return content.Length == length || isFolder
            ? content.ToArray()
            : throw new MediumException("the cluster chain of a file is shorter than the file");
    }

    private uint Next(uint cluster)
    {
        var entry = new byte[4];
        var (offset, bytes) = layout.EntryOf(cluster);
        if (!reader.TryRead(offset, entry.AsSpan(0, bytes)))
        {
            throw new MediumException("the allocation table lies beyond the end of the medium");
        }

        return layout.Decode(cluster, BinaryPrimitives.ReadUInt32LittleEndian(entry));
    }

    private static IEnumerable<FatEntry> Entries(byte[] folder)
    {
        var longName = new FatLongName();
        for (var at = 0; at + EntrySize <= folder.Length && folder[at] != 0; at += EntrySize)
        {
            var entry = folder.AsMemory(at, EntrySize);
            var attributes = folder[at + 11];
            if (folder[at] == 0xe5)
            {
                longName.Clear();
            }
            else if ((attributes & 0x3f) == LongNameAttribute)
            {
                longName.Add(entry.Span);
            }
            else
            {
                if ((attributes & LabelAttribute) == 0)
                {
                    yield return FatEntry.Parse(
                        entry.Span,
                        longName.Take(entry.Span),
                        (attributes & FolderAttribute) != 0
                    );
                }

                longName.Clear();
            }
        }
    }
}
