using Appliance.Files;
using Appliance.Sources.Packages.Manifests;
using Microsoft.Data.Sqlite;

namespace Appliance.Build.Packages.Database;

/// <summary>
/// Writes /var/db/pkg/local.sqlite, in which pkg(8) keeps what is installed: what `pkg add` would have written, had it run
/// at the given time. The same packages make the same bytes. The journal is the rollback journal, not the write-ahead log
/// of newer versions, so that the file can be read where nothing can be written.
/// </summary>
internal static class LocalDatabase
{
    /// <summary>Where the file lies on the target.</summary>
    public const string TargetPath = "/var/db/pkg/local.sqlite";

    private const int PageSize = 4096;

    /// <summary>The file.</summary>
    /// <param name="packages">In the order in which they were installed: what is needed before what needs it.</param>
    /// <param name="schema">Number of the schema, see <see cref="SchemaVersion"/>.</param>
    /// <param name="time">When they were installed, in seconds since 1970-01-01 UTC.</param>
    public static byte[] Write(IReadOnlyList<DatabasePackage> packages, int schema, long time)
    {
        var folder = OutputFolder.CreateTemporary("appliance-pkg-");
        try
        {
            var path = Path.Combine(folder, "local.sqlite");
            Fill(path, packages, schema, time);
            return File.ReadAllBytes(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Fill(
        string path,
        IReadOnlyList<DatabasePackage> packages,
        int schema,
        long time
    )
    {
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        using var connection = new SqliteConnection(text.ToString());
        connection.Open();
        Execute(connection, $"PRAGMA page_size = {PageSize}");
        Execute(connection, "PRAGMA journal_mode = OFF");
        Execute(connection, "PRAGMA synchronous = OFF");
        foreach (var statement in Schema.Statements(schema))
        {
            Execute(connection, statement);
        }

        using (var transaction = connection.BeginTransaction())
        using (var inserts = new Inserts(connection, transaction))
        {
            for (var index = 0; index < packages.Count; index++)
            {
                Add(inserts, packages[index], index + 1, schema, time);
            }

            transaction.Commit();
        }

        // What is left of the order of insertion goes with it.
        Execute(connection, "VACUUM");
    }

    private static void Add(
        Inserts inserts,
        DatabasePackage package,
        long id,
        int schema,
        long time
    )
    {
        AddPackage(inserts, package, id, time);
        AddFiles(inserts, package, id, schema);
        AddScripts(inserts, package.Manifest, id);
        PackageLists.Add(inserts, package, id, schema);
    }

    private static void AddPackage(Inserts inserts, DatabasePackage package, long id, long time)
    {
        var manifest = package.Manifest;
        inserts.Row(
            "packages(id, origin, name, version, comment, desc, message, arch, maintainer, www, prefix, flatsize, "
                + "automatic, licenselogic, time, manifestdigest, dep_formula, vital)",
            id,
            manifest.Origin,
            manifest.Name,
            manifest.Version,
            manifest.Comment,
            manifest.Description,
            MessageText.Of(manifest.Messages),
            manifest.Abi,
            manifest.Maintainer,
            manifest.Www.Length > 0 ? manifest.Www : null,
            manifest.Prefix,
            manifest.FlatSize,
            package.IsAutomatic ? 1 : 0,
            LicenseNumber(manifest.LicenseLogic),
            time,
            package.Digest,
            manifest.DependencyFormula,
            manifest.IsVital ? 1 : 0
        );
        foreach (var dependency in manifest.Dependencies)
        {
            inserts.Row(
                "deps(origin, name, version, package_id)",
                dependency.Origin,
                dependency.Name,
                dependency.Version ?? "",
                id
            );
        }
    }

    private static void AddFiles(Inserts inserts, DatabasePackage package, long id, int schema)
    {
        var metadata = schema >= SchemaVersion.WithMetadata;
        foreach (var file in package.Manifest.Files)
        {
            if (metadata)
            {
                inserts.Row(
                    "files(path, sha256, package_id, uname, gname, perm, fflags, symlink_target, mtime)",
                    file.Path,
                    file.Sum,
                    id,
                    file.UserName,
                    file.GroupName,
                    file.Mode ?? 0,
                    (long)file.Flags,
                    file.SymbolicLinkTarget,
                    file.ModifiedSeconds ?? 0
                );
            }
            else
            {
                inserts.Row("files(path, sha256, package_id)", file.Path, file.Sum, id);
            }
        }

        foreach (var (path, content) in package.Configuration)
        {
            inserts.Row("config_files(path, content, package_id)", path, content, id);
        }

        foreach (var directory in package.Manifest.Directories)
        {
            var number = DirectoryNumber(inserts, directory, metadata);
            inserts.Row("pkg_directories(package_id, directory_id, try)", id, number, 1);
        }
    }

    /// <summary>Of several packages with one directory the first one says what it is like.</summary>
    private static long DirectoryNumber(
        Inserts inserts,
        PackageDirectory directory,
        bool metadata
    ) =>
        metadata
            ? inserts.Name(
                "directories(id, path, uname, gname, perm, fflags)",
                directory.Path,
                directory.UserName,
                directory.GroupName,
                directory.Mode ?? 0,
                (long)directory.Flags
            )
            : inserts.Name("directories(id, path)", directory.Path);

    private static void AddScripts(Inserts inserts, PackageManifest manifest, long id)
    {
        foreach (var script in manifest.Scripts)
        {
            var number = inserts.Name("script(script_id, script)", script.Text);
            inserts.Row("pkg_script(script_id, package_id, type)", number, id, (int)script.Kind);
        }

        foreach (var script in manifest.LuaScripts.DistinctBy(script => script.Text))
        {
            var number = inserts.Name("lua_script(lua_script_id, lua_script)", script.Text);
            inserts.Row(
                "pkg_lua_script(lua_script_id, package_id, type)",
                number,
                id,
                (int)script.Kind
            );
        }
    }

    /// <summary>enum lic of libpkg/pkg.h: characters, and 1 for a single one.</summary>
    private static int LicenseNumber(LicenseLogic logic) =>
        logic switch
        {
            LicenseLogic.Or => '|',
            LicenseLogic.And => '&',
            _ => 1,
        };

    private static void Execute(SqliteConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are this program's own.
        command.CommandText = statement;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
