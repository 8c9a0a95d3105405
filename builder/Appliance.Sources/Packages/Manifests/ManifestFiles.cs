using System.Text;
using System.Text.Json;
using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;
using Appliance.Sources.Store;

namespace Appliance.Sources.Packages.Manifests;

/// <summary>Reads files and directories of a manifest.</summary>
internal static class ManifestFiles
{
    /// <summary><c>"PATH": "SUM"</c>, or <c>"PATH": {"sum": …, "uname": …, "perm": …}</c>.</summary>
    public static IReadOnlyList<PackageFile> Files(ManifestNode? files)
    {
        if (files is not { } node)
        {
            return [];
        }

        var found = new List<PackageFile>();
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (key, value) in node.Pairs())
        {
            var path = AbsolutePath(key);
            if (!paths.Add(path))
            {
                throw new ArchiveException($"files: {path} is there twice");
            }

            found.Add(
                value.Kind == JsonValueKind.String
                    ? new PackageFile { Path = path, Sum = Sum(value.Text()) }
                    : File(path, value.Members())
            );
        }

        return found;
    }

    private static PackageFile File(string path, ManifestKeys keys) =>
        new()
        {
            Path = path,
            Sum = Sum(keys.Text("sum")),
            UserName = keys.Text("uname"),
            GroupName = keys.Text("gname"),
            Mode = Mode(path, keys.Text("perm")),
            Flags = Flags(path, keys.Find("fflags")),
            ModifiedSeconds = keys.Find("mtime")?.Integer(),
            SymbolicLinkTarget = keys.Text("symlink_target"),
        };

    /// <summary>Directories of the present form by path, and those of the old list <c>dirs</c>.</summary>
    public static IReadOnlyList<PackageDirectory> Directories(
        ManifestNode? directories,
        ManifestNode? old
    )
    {
        var found = new List<PackageDirectory>();
        var paths = new HashSet<string>(StringComparer.Ordinal) { "/" };
        foreach (var (key, value) in Members(directories, old))
        {
            var path = AbsolutePath(key);
            if (!paths.Add(path))
            {
                continue;
            }

            found.Add(
                value.Kind == JsonValueKind.Object
                    ? Directory(path, value.Members())
                    : new PackageDirectory { Path = path }
            );
        }

        return found;
    }

    private static IEnumerable<(string Key, ManifestNode Node)> Members(
        ManifestNode? directories,
        ManifestNode? old
    ) =>
        (directories?.Pairs() ?? []).Concat(
            (old?.Elements() ?? []).SelectMany(element =>
                element.Kind == JsonValueKind.Object ? element.Pairs() : [(element.Text(), element)]
            )
        );

    private static PackageDirectory Directory(string path, ManifestKeys keys) =>
        new()
        {
            Path = path,
            UserName = keys.Text("uname"),
            GroupName = keys.Text("gname"),
            Mode = Mode(path, keys.Text("perm")),
            Flags = Flags(path, keys.Find("fflags")),
        };

    /// <summary>The path decoded, absolute, and without slashes too many; nothing in it leads upwards.</summary>
    private static string AbsolutePath(string key)
    {
        var path = PercentCode.Decode(key);
        if (path.Contains('\0') || Encoding.UTF8.GetByteCount(path) > TarLimits.PathBytes)
        {
            throw new ArchiveException($"\"{path}\" is no path of a file");
        }

        var parts = path.Split('/').Where(part => part is not ("" or ".")).ToArray();
        return parts.Contains("..")
            ? throw new ArchiveException($"{path} leads upwards (..)")
            : "/" + string.Join('/', parts);
    }

    private static string? Sum(string? text) => text is null or "" or "-" ? null : text;

    private static int? Mode(string path, string? text)
    {
        if (text is null)
        {
            return null;
        }

        var mode = 0;
        foreach (var digit in text)
        {
            mode =
                digit is >= '0' and <= '7' && mode <= 0xFFF >> 3 ? (mode << 3) | (digit - '0') : -1;
            if (mode < 0)
            {
                break;
            }
        }

        return mode >= 0 && text.Length > 0
            ? mode
            : throw new ArchiveException($"{path}: its mode is \"{text}\", which is not octal");
    }

    private static uint Flags(string path, ManifestNode? node)
    {
        if (node is not { } flags)
        {
            return 0;
        }

        if (flags.Kind == JsonValueKind.Number)
        {
            return flags.Integer() is var number and >= 0 and <= uint.MaxValue
                ? (uint)number
                : throw flags.Wrong("a set of file flags");
        }

        return FileFlags.TryParse(flags.Text(), out var parsed, out var unknown)
            ? parsed
            : throw new ArchiveException(
                $"{path}: its file flag \"{unknown}\" is none of chflags(1)"
            );
    }
}
