namespace Appliance.Sources.Store;

/// <summary>
/// File flags with the values of FreeBSD's sys/stat.h and the names of chflags(1). In an archive they stand as
/// text, separated by commas.
/// </summary>
public static class FileFlags
{
    private static readonly Dictionary<string, uint> ByName = new(StringComparer.Ordinal)
    {
        ["nodump"] = 0x0000_0001,
        ["uchg"] = 0x0000_0002,
        ["uchange"] = 0x0000_0002,
        ["uimmutable"] = 0x0000_0002,
        ["uappnd"] = 0x0000_0004,
        ["uappend"] = 0x0000_0004,
        ["opaque"] = 0x0000_0008,
        ["uunlnk"] = 0x0000_0010,
        ["uunlink"] = 0x0000_0010,
        ["system"] = 0x0000_0080,
        ["usystem"] = 0x0000_0080,
        ["sparse"] = 0x0000_0100,
        ["usparse"] = 0x0000_0100,
        ["offline"] = 0x0000_0200,
        ["uoffline"] = 0x0000_0200,
        ["reparse"] = 0x0000_0400,
        ["ureparse"] = 0x0000_0400,
        ["uarch"] = 0x0000_0800,
        ["uarchive"] = 0x0000_0800,
        ["rdonly"] = 0x0000_1000,
        ["urdonly"] = 0x0000_1000,
        ["readonly"] = 0x0000_1000,
        ["ureadonly"] = 0x0000_1000,
        ["hidden"] = 0x0000_8000,
        ["uhidden"] = 0x0000_8000,
        ["arch"] = 0x0001_0000,
        ["archived"] = 0x0001_0000,
        ["schg"] = 0x0002_0000,
        ["schange"] = 0x0002_0000,
        ["simmutable"] = 0x0002_0000,
        ["sappnd"] = 0x0004_0000,
        ["sappend"] = 0x0004_0000,
        ["sunlnk"] = 0x0010_0000,
        ["sunlink"] = 0x0010_0000,
        ["snapshot"] = 0x0020_0000,
    };

    /// <summary>
    /// Reads a list such as <c>schg,uarch</c>. A name with <c>no</c> before it, <c>dump</c> and <c>none</c> set
    /// nothing. Returns false, with the name in <paramref name="unknown"/>, where a name is none of chflags(1).
    /// </summary>
    public static bool TryParse(string text, out uint flags, out string unknown)
    {
        ArgumentNullException.ThrowIfNull(text);
        flags = 0;
        unknown = "";
        foreach (
            var name in text.Split(
                ',',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries
            )
        )
        {
            if (ByName.TryGetValue(name, out var value))
            {
                flags |= value;
            }
            else if (!IsClearing(name))
            {
                unknown = name;
                return false;
            }
        }

        return true;
    }

    private static bool IsClearing(string name) =>
        name is "dump" or "none"
        || (name.StartsWith("no", StringComparison.Ordinal) && ByName.ContainsKey(name[2..]));
}
