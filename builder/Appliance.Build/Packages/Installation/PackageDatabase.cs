using System.Text;
using Appliance.Build.Packages.Database;
using Appliance.Imaging.Tree;
using Appliance.Sources.Packages.Manifests;
using Appliance.Sources.Store;

namespace Appliance.Build.Packages.Installation;

/// <summary>Puts pkg's database into the tree, so that pkg on the machine knows what is installed.</summary>
internal static class PackageDatabase
{
    /// <summary>The origin of the database in the tree.</summary>
    public const string Origin = "pkg";

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>The package whose version decides on the database's schema.</summary>
    private const string PackageManager = "pkg";

    /// <summary>
    /// Adds the database of packages that were installed into the tree. What the profile left out of them is not in it:
    /// pkg does the same with its own FILES_IGNORE_GLOB, and finds nothing missing then.
    /// </summary>
    /// <param name="tree">The tree, with packages, without what is left out.</param>
    /// <param name="packages">In the order in which they were installed.</param>
    /// <param name="contents">The same packages with their files.</param>
    /// <param name="time">When they were installed, nanoseconds since 1970.</param>
    public static void AddTo(
        FileTree tree,
        IReadOnlyList<InstalledPackage> packages,
        IReadOnlyList<LoadedPackage> contents,
        long time
    )
    {
        var loaded = contents.ToDictionary(package => package.Origin, StringComparer.Ordinal);
        var schema = SchemaVersion.Of(
            packages
                .FirstOrDefault(package => package.Package.Name == PackageManager)
                ?.Package.Version
        );
        var database = LocalDatabase.Write(
            [.. packages.Select(package => Entry(tree, package, loaded[package.Package.FullName]))],
            schema,
            time / NanosecondsPerSecond
        );
        tree.AddDirectory("/var/db/pkg", NodeMetadata.DefaultDirectory(time), Origin);
        tree.AddFile(
            LocalDatabase.TargetPath,
            FileContent.FromBytes(database),
            NodeMetadata.DefaultFile(time),
            Origin
        );
    }

    private static DatabasePackage Entry(
        FileTree tree,
        InstalledPackage package,
        LoadedPackage content
    )
    {
        var manifest = package.Manifest with
        {
            Files = [.. package.Manifest.Files.Where(file => tree.Find(file.Path) is not null)],
            Directories =
            [
                .. package.Manifest.Directories.Where(folder => tree.Find(folder.Path) is not null),
            ],
        };
        return new DatabasePackage(
            manifest,
            package.Package.Repository,
            package.Package.IsAutomatic,
            ManifestDigest.Of(package.Manifest),
            Configuration(tree, manifest, content)
        );
    }

    /// <summary>
    /// Configuration files as the package has them: pkg merges changes of this machine with those of the next version, and
    /// would take what the builder changed (locked accounts, users of packages) for the package's own otherwise.
    /// </summary>
    private static Dictionary<string, string> Configuration(
        FileTree tree,
        PackageManifest manifest,
        LoadedPackage content
    )
    {
        var wanted = manifest
            .ConfigurationFiles.Where(path => tree.Find(path) is FileNode)
            .ToHashSet(StringComparer.Ordinal);
        var contents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (
            var entry in content.Content.Layer.Entries.Where(entry =>
                entry.Kind == LayerEntryKind.File && wanted.Contains("/" + entry.Path)
            )
        )
        {
            var bytes = new byte[entry.Length];
            _ = content.Payload.Read(entry, 0, bytes);
            contents.TryAdd("/" + entry.Path, Encoding.UTF8.GetString(bytes));
        }

        return contents;
    }
}
