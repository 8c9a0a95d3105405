using Appliance.Sources.Archives;
using Appliance.Sources.Archives.Tar;

namespace Appliance.Sources.Packages.Archives;

/// <summary>
/// Where the entries of a package belong. Its own documents come first and start with <c>+</c>; all others have the
/// absolute paths of the target. Source: pkg_open2 of libpkg/pkg.c of pkg(8).
/// </summary>
internal sealed class PackageEntries
{
    public const string Manifest = "+MANIFEST";
    public const string CompactManifest = "+COMPACT_MANIFEST";
    private bool hasContent;

    public static bool IsDocument(string path) => path.StartsWith('+');

    /// <summary>The entry with its path relative to the root, as a layer wants it.</summary>
    /// <exception cref="ArchiveException">It has no place in a package.</exception>
    public TarEntry Place(TarEntry entry)
    {
        if (IsDocument(entry.Path))
        {
            return
                !hasContent
                && entry.Kind == TarEntryKind.File
                && !entry.Path.Contains('/', StringComparison.Ordinal)
                ? entry
                : throw new ArchiveException(
                    $"{entry.Path}: the documents of a package are files before all its content"
                );
        }

        hasContent = true;
        var path = Relative(entry.Path);
        if (IsDocument(path.TrimStart('.', '/')))
        {
            throw new ArchiveException(
                $"{entry.Path}: it would be taken for a document of the package"
            );
        }

        var isHardLink = entry.Kind == TarEntryKind.HardLink;
        return entry with
        {
            Path = path,
            LinkTarget = isHardLink ? Relative(entry.LinkTarget) : entry.LinkTarget,
        };
    }

    private static string Relative(string path) =>
        path.TrimStart('/') is { Length: > 0 } rest ? rest : ".";
}
