using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Appliance.Sources.Tests.Support;

/// <summary>What libarchive finds in an archive.</summary>
public sealed record ForeignEntry(
    string Path,
    char Type,
    int Mode,
    int Uid,
    int Gid,
    string UserName,
    string GroupName,
    string Flags,
    long Seconds,
    long Nanoseconds,
    string LinkTarget,
    long Size,
    string Sha256
);

/// <summary>
/// Reads an archive with bsdtar: owners, modes, flags, times and digests from its mtree output, and what is a hard link
/// to what from its listing.
/// </summary>
public static partial class ForeignReader
{
    private const string Keywords =
        "mtree:!all,mtree:sha256,mtree:mode,mtree:uid,mtree:gid,mtree:uname,mtree:gname,mtree:flags,mtree:link,mtree:size,mtree:time,mtree:type";

    public static Dictionary<string, ForeignEntry> Read(string archive)
    {
        var text = ForeignTool.Run(
            "bsdtar",
            "-cf",
            "-",
            "--format=mtree",
            "--options=" + Keywords,
            "@" + archive
        );
        var hardLinks = HardLinks(archive);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(line => Parse(line, hardLinks))
            .ToDictionary(entry => entry.Path);
    }

    /// <summary>The content of one file.</summary>
    public static byte[] Content(string archive, string path) =>
        ForeignTool.RunOn(null, "bsdtar", "-xOf", archive, path);

    private static Dictionary<string, string> HardLinks(string archive) =>
        ForeignTool
            .Run("bsdtar", "-tvf", archive)
            .Split('\n')
            .Select(line => HardLink().Match(line))
            .Where(match => match.Success)
            .ToDictionary(
                match => Clean(match.Groups[1].Value),
                match => Clean(match.Groups[2].Value)
            );

    private static ForeignEntry Parse(string line, Dictionary<string, string> hardLinks)
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var path = Clean(Unescape(words[0]));
        var keys = words
            .Skip(1)
            .Select(word => word.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        var time = keys["time"].Split('.');
        return new ForeignEntry(
            path,
            hardLinks.ContainsKey(path) ? 'h' : keys["type"][0],
            Convert.ToInt32(keys["mode"], 8),
            Number(keys.GetValueOrDefault("uid", "0")),
            Number(keys.GetValueOrDefault("gid", "0")),
            keys.GetValueOrDefault("uname", ""),
            keys.GetValueOrDefault("gname", ""),
            keys.GetValueOrDefault("flags", ""),
            long.Parse(time[0], CultureInfo.InvariantCulture),
            long.Parse(time[1], CultureInfo.InvariantCulture),
            hardLinks.GetValueOrDefault(path, Unescape(keys.GetValueOrDefault("link", ""))),
            long.Parse(keys.GetValueOrDefault("size", "0"), CultureInfo.InvariantCulture),
            keys.GetValueOrDefault("sha256digest", "")
        );
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Clean(string path) =>
        path is "/." or "./" or "."
            ? "."
            : path.TrimEnd('/')[(path.StartsWith("./", StringComparison.Ordinal) ? 2 : 0)..];

    private static string Unescape(string text)
    {
        var bytes = new List<byte>();
        for (var index = 0; index < text.Length; index++)
        {
            if (text[index] == '\\' && index + 3 < text.Length)
            {
                bytes.Add(Convert.ToByte(text.Substring(index + 1, 3), 8));
                index += 3;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text[index].ToString()));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    [GeneratedRegex(@"^h\S+\s+\d+\s+\S+\s+\S+\s+\d+\s+\S+\s+\S+\s+\S+\s(.*) link to (.*)$")]
    private static partial Regex HardLink();
}
