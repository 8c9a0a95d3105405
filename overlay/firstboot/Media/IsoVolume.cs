using System.Buffers.Binary;
using System.Text;

namespace Appliance.FirstBoot.Media;

/// <summary>
/// ISO 9660 (ECMA-119) with the names of Joliet or Rock Ridge where it has them. Without them "user-data" is
/// "USER_DATA.;1".
/// </summary>
internal sealed class IsoVolume : IMedium
{
    private const int SectorSize = 2048;
    private const int FirstDescriptor = 16;
    private const int MaximumDescriptors = 32;
    private const int MaximumFolder = 1 << 20;

    private readonly BlockReader reader;
    private readonly IsoRecord root;
    private readonly bool isJoliet;

    private IsoVolume(BlockReader reader, string label, IsoRecord root, bool isJoliet) =>
        (this.reader, Label, this.root, this.isJoliet) = (reader, label, root, isJoliet);

    public string Label { get; }

    /// <summary>Null when there is no volume descriptor.</summary>
    public static IsoVolume? Open(BlockReader reader)
    {
        IsoVolume? volume = null;
        var sector = new byte[SectorSize];
        for (var index = 0; index < MaximumDescriptors; index++)
        {
            if (
                !reader.TryRead((FirstDescriptor + index) * (long)SectorSize, sector)
                || !sector.AsSpan(1, 5).SequenceEqual("CD001"u8)
                || sector[0] == 255
            )
            {
                break;
            }

            if (sector[0] == 1 && volume is null)
            {
                var label = Encoding.Latin1.GetString(sector, 40, 32).TrimEnd([' ', '\0']);
                volume = new IsoVolume(reader, label, RootOf(sector), isJoliet: false);
            }
            else if (sector[0] == 2 && volume is not null && IsJoliet(sector))
            {
                volume = new IsoVolume(reader, volume.Label, RootOf(sector), isJoliet: true);
            }
        }

        return volume;
    }

    public byte[]? Read(string path, int limit)
    {
        var folder = root;
        var parts = path.Split('/');
        for (var index = 0; index < parts.Length; index++)
        {
            var isLast = index == parts.Length - 1;
            var entry = Entries(folder)
                .FirstOrDefault(item => item.IsNamed(parts[index]) && item.IsFolder != isLast);
            if (entry is null)
            {
                return null;
            }

            if (isLast)
            {
                return entry.Length <= limit
                    ? reader.Read((long)entry.Sector * SectorSize, (int)entry.Length)
                    : throw new MediumException($"{path} is larger than {limit} bytes");
            }

            folder = entry;
        }

        return null;
    }

    /// <summary>The three escape sequences of UCS-2.</summary>
    private static bool IsJoliet(ReadOnlySpan<byte> sector) =>
        sector[88] == '%' && sector[89] == '/' && sector[90] is (byte)'@' or (byte)'C' or (byte)'E';

    private static IsoRecord RootOf(ReadOnlySpan<byte> sector) =>
        IsoRecord.Parse(sector.Slice(156, 34), isJoliet: false);

    /// <summary>Records do not cross sectors; a length of 0 leads to the next sector.</summary>
    private IEnumerable<IsoRecord> Entries(IsoRecord folder)
    {
        if (folder.Length > MaximumFolder)
        {
            throw new MediumException("a folder is larger than a megabyte");
        }

        var content = reader.Read((long)folder.Sector * SectorSize, (int)folder.Length);
        var at = 0;
        while (at < content.Length)
        {
            int length = content[at];
            if (length == 0)
            {
                at = ((at / SectorSize) + 1) * SectorSize;
                continue;
            }

            if (length < IsoRecord.MinimumLength || at + length > content.Length)
            {
                throw new MediumException("a folder has a record of an impossible length");
            }

            yield return IsoRecord.Parse(content.AsSpan(at, length), isJoliet);
            at += length;
        }
    }
}

/// <summary>A directory record (ECMA-119, 9.1).</summary>
/// <param name="Name">Of Joliet, of Rock Ridge, or the plain one without its version.</param>
/// <param name="IsPlain">The name is one of d-characters: capital letters, digits and '_'.</param>
internal sealed record IsoRecord(string Name, bool IsPlain, bool IsFolder, uint Sector, uint Length)
{
    public const int MinimumLength = 34;

    private const int NameAt = 33;
    private const int FolderFlag = 2;

    public bool IsNamed(string name) =>
        string.Equals(
            Name,
            IsPlain ? name.Replace('-', '_') : name,
            StringComparison.OrdinalIgnoreCase
        );

    public static IsoRecord Parse(ReadOnlySpan<byte> record, bool isJoliet)
    {
        int length = record[32];
        if (NameAt + length > record.Length)
        {
            throw new MediumException("a folder has a name longer than its record");
        }

        var bytes = record.Slice(NameAt, length);
        var systemUse = Math.Min(NameAt + length + (1 - (length % 2)), record.Length);
        var rockRidge = isJoliet ? null : RockRidgeName(record[systemUse..]);
        var name = isJoliet
            ? Encoding.BigEndianUnicode.GetString(bytes)
            : Encoding.Latin1.GetString(bytes);
        return new IsoRecord(
            rockRidge ?? name.Split(';')[0].TrimEnd('.'),
            !isJoliet && rockRidge is null,
            (record[25] & FolderFlag) != 0,
            BinaryPrimitives.ReadUInt32LittleEndian(record[2..]),
            BinaryPrimitives.ReadUInt32LittleEndian(record[10..])
        );
    }

    /// <summary>The NM entries of the system use area (RRIP 4.1.4); names this short need no continuation.</summary>
    private static string? RockRidgeName(ReadOnlySpan<byte> area)
    {
        string? name = null;
        while (area.Length >= 5 && area[2] >= 4 && area[2] <= area.Length)
        {
            if (area[0] == 'N' && area[1] == 'M' && area[2] > 5)
            {
                name += Encoding.UTF8.GetString(area[5..area[2]]);
            }

            area = area[area[2]..];
        }

        return name;
    }
}
