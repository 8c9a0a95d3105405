using System.Globalization;
using Appliance.Build.Composition;
using Appliance.Imaging.Tree;

namespace Appliance.Build.Overlays;

/// <summary>
/// Reads <c>overlay/</c>: the files of <c>rootfs/</c>, with owners and modes from the one specification beside it,
/// and the first-boot service. A checkout's own modes do not count: Git and Windows do not keep them.
/// </summary>
internal static class OverlayFolder
{
    public const string Name = "overlay";

    /// <summary>The entry of the specification whose file is compiled, not kept in <c>rootfs/</c>.</summary>
    private const string FirstBootPath = "/usr/local/libexec/appliance/appliance-firstboot";

    /// <exception cref="BuildException">Specification and files do not agree, or the service is not there.</exception>
    public static OverlayLayer Read(string folder, string firstBootExecutable)
    {
        var specification = Path.Combine(folder, "rootfs.spec");
        var root = Path.Combine(folder, "rootfs");
        if (!File.Exists(specification))
        {
            throw Missing($"{specification} is not there; the program is not completely installed");
        }

        var entries = Lines(specification)
            .Select(line => Entry(line, specification, root, firstBootExecutable))
            .ToList();
        CheckComplete(entries, root, specification);
        return new OverlayLayer(Name, folder, entries);
    }

    private static IEnumerable<(int Number, string Text)> Lines(string specification) =>
        File.ReadAllLines(specification)
            .Select((text, index) => (Number: index + 1, Text: text))
            .Where(line => line.Text.Trim() is not "" and not ['#', ..]);

    private static OverlayEntry Entry(
        (int Number, string Text) line,
        string specification,
        string root,
        string firstBootExecutable
    )
    {
        var fields = line.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (
            fields is not [var path, var octal, var owner, var group]
            || !path.StartsWith('/')
            || !TryReadOctal(octal, out var mode)
        )
        {
            throw Wrong($"{specification}:{line.Number}: an entry is PATH MODE OWNER GROUP");
        }

        if (path.EndsWith('/'))
        {
            return new OverlayEntry(path.TrimEnd('/'), null, mode, owner, group);
        }

        var source = path == FirstBootPath ? firstBootExecutable : Path.Combine(root, path[1..]);
        return new OverlayEntry(
            path,
            DigestedContent.Of(ReadSource(source, path)),
            mode,
            owner,
            group
        );
    }

    private static byte[] ReadSource(string source, string path)
    {
        if (File.Exists(source))
        {
            return File.ReadAllBytes(source);
        }

        throw path == FirstBootPath
            ? Missing(
                $"the first-boot service is not at {source}; on Linux 'dotnet build' compiles it, "
                    + "elsewhere name a released one with --firstboot"
            )
            : Missing($"{source} is not there, but the specification names {path}");
    }

    private static void CheckComplete(List<OverlayEntry> entries, string root, string specification)
    {
        var named = entries.Select(entry => entry.Path).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var path = "/" + Path.GetRelativePath(root, file).Replace('\\', '/');
            if (!named.Contains(path))
            {
                throw Wrong(
                    $"{specification} has no entry for {path}, so its owner and mode are unknown"
                );
            }
        }
    }

    private static bool TryReadOctal(string text, out int mode)
    {
        mode = 0;
        foreach (var digit in text)
        {
            if (digit is < '0' or > '7' || mode > NodeMetadata.ModeMask >> 3)
            {
                return false;
            }

            mode = (mode << 3) + CharUnicodeInfo.GetDecimalDigitValue(digit);
        }

        return text.Length > 0;
    }

    private static BuildException Missing(string message) => new(BuildFailure.Missing, message);

    private static BuildException Wrong(string message) => new(BuildFailure.BadInput, message);
}
