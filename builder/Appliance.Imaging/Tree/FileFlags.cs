namespace Appliance.Imaging.Tree;

/// <summary>File flags with the values of FreeBSD's sys/stat.h and the names of chflags(1).</summary>
public static class FileFlags
{
    /// <summary>nodump: dump(8) skips the file.</summary>
    public const uint NoDump = 0x0000_0001;

    /// <summary>uchg: the owner made the file immutable.</summary>
    public const uint UserImmutable = 0x0000_0002;

    /// <summary>uappnd: the owner allows appending only.</summary>
    public const uint UserAppend = 0x0000_0004;

    /// <summary>opaque: a directory that hides what lies below it in a union mount.</summary>
    public const uint Opaque = 0x0000_0008;

    /// <summary>uunlnk: the owner forbids removal.</summary>
    public const uint UserNoUnlink = 0x0000_0010;

    /// <summary>uarch: the file needs to be archived.</summary>
    public const uint UserArchive = 0x0000_0800;

    /// <summary>arch: the superuser marked the file as archived.</summary>
    public const uint SystemArchived = 0x0001_0000;

    /// <summary>schg: the superuser made the file immutable.</summary>
    public const uint SystemImmutable = 0x0002_0000;

    /// <summary>sappnd: the superuser allows appending only.</summary>
    public const uint SystemAppend = 0x0004_0000;

    /// <summary>sunlnk: the superuser forbids removal.</summary>
    public const uint SystemNoUnlink = 0x0010_0000;

    private static readonly Dictionary<string, uint> ByName = new(StringComparer.Ordinal)
    {
        ["nodump"] = NoDump,
        ["uchg"] = UserImmutable,
        ["uchange"] = UserImmutable,
        ["uimmutable"] = UserImmutable,
        ["uappnd"] = UserAppend,
        ["uappend"] = UserAppend,
        ["opaque"] = Opaque,
        ["uunlnk"] = UserNoUnlink,
        ["uunlink"] = UserNoUnlink,
        ["uarch"] = UserArchive,
        ["uarchive"] = UserArchive,
        ["arch"] = SystemArchived,
        ["archived"] = SystemArchived,
        ["schg"] = SystemImmutable,
        ["schange"] = SystemImmutable,
        ["simmutable"] = SystemImmutable,
        ["sappnd"] = SystemAppend,
        ["sappend"] = SystemAppend,
        ["sunlnk"] = SystemNoUnlink,
        ["sunlink"] = SystemNoUnlink,
    };

    /// <summary>Reads "schg,uarch" as tar and mtree write it; "none" and "" are no flags.</summary>
    /// <exception cref="ImagingException">A name is not a flag that UFS stores.</exception>
    public static uint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        uint flags = 0;
        foreach (string name in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (name == "none")
            {
                continue;
            }
            flags |= ByName.TryGetValue(name, out uint flag)
                ? flag
                : throw new ImagingException(
                    $"'{name}' is no file flag; known ones are {string.Join(", ", ByName.Keys.Order(StringComparer.Ordinal))}."
                );
        }
        return flags;
    }

    /// <summary>The names of the flags that are set, as chflags(1) and mtree(5) write them; none for 0.</summary>
    /// <exception cref="ImagingException">A bit is not a flag that UFS stores.</exception>
    public static IReadOnlyList<string> Names(uint flags)
    {
        // The first name of a value is the short one.
        List<string> names =
        [
            .. ByName
                .Where(flag => (flags & flag.Value) != 0)
                .DistinctBy(flag => flag.Value)
                .Select(flag => flag.Key),
        ];
        return names.Count == uint.PopCount(flags)
            ? names
            : throw new ImagingException($"0x{flags:x} has bits that are no file flags.");
    }
}
