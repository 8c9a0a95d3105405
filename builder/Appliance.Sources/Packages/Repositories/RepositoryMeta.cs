using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages.Repositories;

/// <summary>
/// What <c>meta.conf</c> says about a repository: where its catalogues are. It is not signed; nothing of it is trusted but
/// names. Source: libpkg/pkg_repo_meta.c of pkg(8).
/// </summary>
internal sealed record RepositoryMeta
{
    public const string FileName = "meta.conf";
    public const int MaximumBytes = 1 << 20;

    private static readonly string[] Packings = ["tzst", "txz", "tbz", "tgz", "tar"];

    /// <summary>What pkg takes where there is no <c>meta.conf</c>.</summary>
    public static RepositoryMeta Default { get; } = new();

    /// <summary>The member and, without its extension, the archive with the whole catalogue in one document.</summary>
    public string Data { get; private init; } = "data";

    /// <summary>The member and, without its extension, the archive with a manifest on every line.</summary>
    public string Manifests { get; private init; } = "packagesite.yaml";

    /// <summary>The extension of archives that are not called <c>.pkg</c>.</summary>
    public string Packing { get; private init; } = "tzst";

    /// <summary>Public keys by the names of signatures that bring none of their own.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; private init; } =
        new Dictionary<string, string>();

    /// <exception cref="ArchiveException">It is none, or of a version that is not known.</exception>
    public static RepositoryMeta Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > MaximumBytes)
        {
            throw new ArchiveException($"it is larger than {MaximumBytes} bytes");
        }

        var top = UclReader.Read(bytes);
        if (top.Find("version") is not ("1" or "2"))
        {
            throw new ArchiveException(
                $"it is of version {top.Find("version") ?? "none"}; known are 1 and 2"
            );
        }

        var packing = top.Find("packing_format") ?? Default.Packing;
        return new RepositoryMeta
        {
            Data = FileNameOf(top, "data") ?? Default.Data,
            Manifests = FileNameOf(top, "manifests") ?? Default.Manifests,
            Packing = Packings.Contains(packing)
                ? packing
                : throw new ArchiveException($"its packing format is \"{packing}\""),
            Keys = KeysOf(top),
        };
    }

    /// <summary>The archives a member may be in, the usual one first.</summary>
    public IReadOnlyList<string> ArchivesOf(string member)
    {
        var dot = member.LastIndexOf('.');
        var name = dot < 0 ? member : member[..dot];
        return [$"{name}.pkg", $"{name}.{Packing}"];
    }

    private static string? FileNameOf(UclValue top, string key) =>
        top.Find(key) is not { } name ? null
        : PackageNames.IsDirectoryName(name) ? name
        : throw new ArchiveException($"its {key} is \"{PackageNames.Shown(name)}\"");

    private static Dictionary<string, string> KeysOf(UclValue top)
    {
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var cert in top.Objects("cert"))
        {
            if (cert.Find("name") is { } name && cert.Find("data") is { } data)
            {
                keys[name] = data;
            }
        }

        return keys;
    }
}
