using System.Globalization;

namespace Appliance.Imaging.Tests.Support;

/// <summary>What sleuthkit's fls says about a file system: every name with digest and metadata.</summary>
internal static class SleuthKit
{
    /// <param name="Md5">Digest of the content; for a symbolic link of its target.</param>
    /// <param name="Inode">Number.</param>
    /// <param name="Mode">Type and permissions as ls(1) shows them.</param>
    /// <param name="Target">Target of a symbolic link.</param>
    public sealed record Entry(
        string Md5,
        long Inode,
        string Mode,
        uint Uid,
        uint Gid,
        long Size,
        long Modified,
        long Birth,
        string? Target
    );

    /// <summary>Every name of the file system by its path without the leading slash.</summary>
    public static Dictionary<string, Entry> List(string image, string type)
    {
        string output = ForeignTool.Run("fls", "-f", type, "-r", "-p", "-h", "-m", "/", image);
        var entries = new Dictionary<string, Entry>(StringComparer.Ordinal);
        foreach (string line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] fields = line.Split('|');
            string path = fields[1].TrimStart('/');
            if (path.StartsWith("$OrphanFiles", StringComparison.Ordinal))
            {
                continue;
            }
            string? target = null;
            int arrow = path.IndexOf(" -> ", StringComparison.Ordinal);
            if (arrow >= 0)
            {
                (path, target) = (path[..arrow], path[(arrow + 4)..]);
            }
            entries.Add(
                path,
                new Entry(
                    fields[0],
                    Number(fields[2].Split('-')[0]),
                    fields[3][^10..],
                    (uint)Number(fields[4]),
                    (uint)Number(fields[5]),
                    Number(fields[6]),
                    Number(fields[8]),
                    Number(fields[10]),
                    target
                )
            );
        }
        return entries;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
