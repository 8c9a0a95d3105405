using System.Text;
using Appliance.Sources.Store;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Sources.Archives.Tar;

/// <summary>
/// Reads the headers of an unpacked tar archive and skips the content: ustar with pax extended headers, and the long
/// names and large numbers of GNU tar.
/// </summary>
internal sealed class TarReader(ArchiveWindow window, TarLimits limits)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private readonly PaxRecords global = new();
    private PaxRecords? local;
    private byte[]? longName;
    private byte[]? longLink;
    private long position;

    /// <summary>A reader of an archive that lies unpacked on the disk.</summary>
    public TarReader(SafeFileHandle file, long length, TarLimits limits)
        : this(new FileWindow(file, length), limits) { }

    /// <summary>All entries in the order of the archive.</summary>
    /// <exception cref="ArchiveException">The archive is damaged, truncated, or holds what no layer can.</exception>
    public IEnumerable<TarEntry> Entries(CancellationToken token)
    {
        long content = 0;
        var count = 0;
        while (ReadHeader() is { } header)
        {
            token.ThrowIfCancellationRequested();
            var entry = Named(header, () => ReadEntry(header));
            if (entry is null)
            {
                continue;
            }

            content = entry.Length <= limits.ContentBytes - content ? content + entry.Length : -1;
            if (content < 0 || ++count > limits.Entries)
            {
                throw new ArchiveException(
                    $"{entry.Path}: the archive unpacks to more than {limits.ContentBytes} bytes or {limits.Entries} entries"
                );
            }

            yield return entry;
        }
    }

    /// <summary>The next header, or null at the end of the archive, which is marked by a block of zeros.</summary>
    private TarHeader? ReadHeader()
    {
        var block = window.Block(position);
        if (!block.ContainsAnyExcept((byte)0))
        {
            return local is null && longName is null && longLink is null
                ? null
                : throw new ArchiveException("its last extended header belongs to no entry");
        }

        try
        {
            return TarHeader.Parse(block);
        }
        catch (ArchiveException exception)
        {
            throw new ArchiveException(
                $"the header at byte {position} of the unpacked archive is damaged: {exception.Message}",
                exception
            );
        }
    }

    /// <summary>Moves behind the header and its data; returns null where it only says something about the next one.</summary>
    private TarEntry? ReadEntry(TarHeader header)
    {
        var dataOffset = position + TarHeader.Size;
        switch (header.TypeFlag)
        {
            case 'x':
                local ??= new PaxRecords();
                local.Add(ReadExtension(header, dataOffset));
                break;
            case 'g':
                global.Add(ReadExtension(header, dataOffset));
                break;
            case 'L':
                longName = WithoutZeros(ReadExtension(header, dataOffset));
                break;
            case 'K':
                longLink = WithoutZeros(ReadExtension(header, dataOffset));
                break;
            default:
                return ReadMember(header, dataOffset);
        }

        position = dataOffset + header.PaddedDataSize;
        return null;
    }

    private byte[] ReadExtension(TarHeader header, long dataOffset) =>
        window.Bytes(dataOffset, header.DataSize, TarLimits.ExtensionBytes, "its extended header");

    private static byte[] WithoutZeros(byte[] bytes) => bytes.AsSpan().TrimEnd((byte)0).ToArray();

    private TarEntry ReadMember(TarHeader header, long dataOffset)
    {
        var pax = new PaxRecords();
        pax.AddAll(global);
        pax.AddAll(local ?? new PaxRecords());
        header = header with { DataSize = pax.Number("size") ?? header.DataSize };
        var kind = KindOf(header);
        if (kind != TarEntryKind.File && header.DataSize != 0)
        {
            throw new ArchiveException("it is no file and yet has content");
        }

        if (header.DataSize > window.Length - dataOffset)
        {
            throw new ArchiveException("the archive is truncated in its content");
        }

        var entry = WithSparseMap(Combine(header, kind, pax, dataOffset), header, pax);
        position = dataOffset + header.PaddedDataSize;
        (local, longName, longLink) = (null, null, null);
        return entry;
    }

    private TarEntry Combine(TarHeader header, TarEntryKind kind, PaxRecords pax, long dataOffset)
    {
        var isLink = kind is TarEntryKind.HardLink or TarEntryKind.SymbolicLink;
        var target = pax.Find("linkpath") ?? longLink ?? header.LinkTarget;
        return new TarEntry
        {
            Path = Text(
                pax.Find("GNU.sparse.name") ?? pax.Find("path") ?? longName ?? header.Path,
                "path"
            ),
            Kind = kind,
            Mode = (int)(header.Mode & 0xFFF),
            Uid = Identity(pax.Number("uid") ?? header.Uid, "uid"),
            Gid = Identity(pax.Number("gid") ?? header.Gid, "gid"),
            UserName = Text(pax.Find("uname") ?? header.UserName, "owner"),
            GroupName = Text(pax.Find("gname") ?? header.GroupName, "group"),
            Flags = Flags(pax),
            ModifiedNanoseconds =
                pax.Nanoseconds("mtime") ?? PaxRecords.FromSeconds(header.ModifiedSeconds),
            LinkTarget = isLink ? Text(target, "link target") : "",
            ContentOffset = kind == TarEntryKind.File ? dataOffset : 0,
            Length = header.DataSize,
        };
    }

    private TarEntry WithSparseMap(TarEntry entry, TarHeader header, PaxRecords pax)
    {
        if (!pax.Has(key => key.StartsWith("GNU.sparse.", StringComparison.Ordinal)))
        {
            return entry;
        }

        if (
            entry.Kind != TarEntryKind.File
            || pax.Number("GNU.sparse.major") != 1
            || pax.Number("GNU.sparse.minor") != 0
            || pax.Number("GNU.sparse.realsize") is not { } realSize
        )
        {
            throw new ArchiveException(
                "it is a sparse file in a format other than GNU's 1.0 in pax headers"
            );
        }

        return entry with
        {
            Length = realSize,
            Extents = SparseMap.Read(window, entry.ContentOffset, header.DataSize, realSize),
        };
    }

    private static TarEntryKind KindOf(TarHeader header) =>
        header.TypeFlag switch
        {
            '\0' or '0' or '7' when header.Path is [.., (byte)'/'] => TarEntryKind.Directory,
            '\0' or '0' or '7' => TarEntryKind.File,
            '1' => TarEntryKind.HardLink,
            '2' => TarEntryKind.SymbolicLink,
            '5' => TarEntryKind.Directory,
            '3' or '4' => throw new ArchiveException(
                "it is a device; devfs makes those at run time"
            ),
            '6' => throw new ArchiveException("it is a named pipe, which no image holds"),
            'S' => throw new ArchiveException("it is a sparse file in GNU's old format"),
            var other => throw new ArchiveException(
                $"it is of type '{(char.IsAsciiLetterOrDigit(other) ? other : '?')}', which is not known"
            ),
        };

    private static uint Flags(PaxRecords pax)
    {
        if (pax.Has(key => key.StartsWith("SCHILY.acl.", StringComparison.Ordinal)))
        {
            throw new ArchiveException("it has an access control list, which no layer holds");
        }

        var text = Encoding.Latin1.GetString(pax.Find("SCHILY.fflags") ?? []);
        return FileFlags.TryParse(text, out var flags, out var unknown)
            ? flags
            : throw new ArchiveException($"its file flag \"{unknown}\" is none of chflags(1)");
    }

    private static int Identity(long number, string what) =>
        number is >= 0 and <= int.MaxValue
            ? (int)number
            : throw new ArchiveException($"its {what} {number} is out of range");

    private static string Text(byte[] bytes, string what)
    {
        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException exception)
        {
            throw new ArchiveException($"its {what} is not UTF-8", exception);
        }
    }

    /// <summary>Puts the name of the entry in front of what is wrong with it.</summary>
    private TarEntry? Named(TarHeader header, Func<TarEntry?> work)
    {
        try
        {
            return work();
        }
        catch (ArchiveException exception)
        {
            var name = local?.Find("path") ?? longName ?? header.Path;
            throw new ArchiveException(
                $"{Encoding.UTF8.GetString(name)}: {exception.Message}",
                exception
            );
        }
    }
}
