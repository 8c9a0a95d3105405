using System.Security.Cryptography;
using System.Text;
using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;

namespace Appliance.Sources.Store;

/// <summary>
/// The index of a layer in the store. Little-endian: magic, format version, digest of the set, length and stamp of the
/// payload, the table of owner and group names, the entries, and SHA-256 of all of that.
/// </summary>
/// <param name="SetSha256">The digest of the set: 64 hexadecimal digits.</param>
/// <param name="PayloadLength">Bytes of the payload.</param>
/// <param name="PayloadStamp">
/// The time of the last change of the payload when its content was last known to be right, in ticks of 100 ns. A payload
/// with another time has been touched, and is compared with its digests before it is used.
/// </param>
/// <param name="Entries">The entries.</param>
internal sealed record LayerIndex(
    string SetSha256,
    long PayloadLength,
    long PayloadStamp,
    IReadOnlyList<LayerEntry> Entries
)
{
    /// <summary>To be raised with every change of this format or of what decoding makes of a set.</summary>
    public const int FormatVersion = 1;

    private const int SmallestEntry = 33;
    private const int DigestSize = SHA256.HashSizeInBytes;

    private static ReadOnlySpan<byte> Magic => "APLLAYER"u8;

    /// <summary>The bytes of the index.</summary>
    public byte[] Format()
    {
        var names = new NameTable();
        foreach (var entry in Entries)
        {
            names.Add(entry.UserName);
            names.Add(entry.GroupName);
        }

        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(FormatVersion);
        writer.Write(Convert.FromHexString(SetSha256));
        writer.Write(PayloadLength);
        writer.Write(PayloadStamp);
        names.Write(writer);
        writer.Write(Entries.Count);
        foreach (var entry in Entries)
        {
            WriteEntry(writer, entry, names);
        }

        writer.Flush();
        writer.Write(SHA256.HashData(stream.GetBuffer().AsSpan(0, (int)stream.Length)));
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Reads the bytes of an index.</summary>
    /// <exception cref="ArchiveException">They are damaged, or of another version.</exception>
    public static LayerIndex Parse(ReadOnlySpan<byte> bytes)
    {
        if (
            bytes.Length < DigestSize
            || !SHA256.HashData(bytes[..^DigestSize]).AsSpan().SequenceEqual(bytes[^DigestSize..])
        )
        {
            throw new ArchiveException("the index of the layer is damaged");
        }

        var reader = new SpanReader(bytes[..^DigestSize], "the index of the layer");
        if (!reader.Bytes(Magic.Length).SequenceEqual(Magic) || reader.Int32() != FormatVersion)
        {
            throw new ArchiveException("the index of the layer is of another version");
        }

        var set = Convert.ToHexStringLower(reader.Bytes(DigestSize));
        var length = reader.Int64();
        var stamp = reader.Int64();
        var names = NameTable.Read(ref reader);
        var entries = new LayerEntry[
            reader.Int32() is var count && count >= 0 && count <= reader.Remaining / SmallestEntry
                ? count
                : throw new ArchiveException("the index of the layer is too short for its entries")
        ];
        for (var index = 0; index < entries.Length; index++)
        {
            entries[index] = ReadEntry(ref reader, names, length);
        }

        return reader.Remaining == 0
            ? new LayerIndex(set, length, stamp, entries)
            : throw new ArchiveException("the index of the layer has something behind its entries");
    }

    private static void WriteEntry(BinaryWriter writer, LayerEntry entry, NameTable names)
    {
        writer.Write((byte)entry.Kind);
        writer.Write((ushort)entry.Mode);
        writer.Write(entry.Uid);
        writer.Write(entry.Gid);
        writer.Write(names.IndexOf(entry.UserName));
        writer.Write(names.IndexOf(entry.GroupName));
        writer.Write(entry.Flags);
        writer.Write(entry.ModifiedNanoseconds);
        NameTable.WriteText(writer, entry.Path);
        NameTable.WriteText(writer, entry.LinkTarget);
        if (entry.Kind == LayerEntryKind.File)
        {
            writer.Write(entry.PayloadOffset);
            writer.Write(entry.Length);
            writer.Write(entry.Sha256.Span);
        }
    }

    private static LayerEntry ReadEntry(ref SpanReader reader, string[] names, long payloadLength)
    {
        var kind = (LayerEntryKind)reader.Byte();
        var entry = new LayerEntry
        {
            Kind = kind,
            Mode = reader.UInt16(),
            Uid = reader.Int32(),
            Gid = reader.Int32(),
            UserName = NameTable.Name(names, reader.UInt16()),
            GroupName = NameTable.Name(names, reader.UInt16()),
            Flags = reader.UInt32(),
            ModifiedNanoseconds = reader.Int64(),
            Path = reader.Text(),
            LinkTarget = reader.Text(),
            PayloadOffset = kind == LayerEntryKind.File ? reader.Int64() : 0,
            Length = kind == LayerEntryKind.File ? reader.Int64() : 0,
            Sha256 = kind == LayerEntryKind.File ? reader.Bytes(DigestSize).ToArray() : default,
        };
        var fits =
            entry
                is {
                    PayloadOffset: >= 0,
                    Length: >= 0,
                    Path.Length: > 0 and <= TarLimits.PathBytes
                }
            && entry.Length <= payloadLength - entry.PayloadOffset;
        return fits && Enum.IsDefined(kind)
            ? entry
            : throw new ArchiveException("the index of the layer has an impossible entry");
    }
}
