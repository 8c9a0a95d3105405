namespace Appliance.Build.Packages.Database;

/// <summary>
/// The tables, indexes and views of pkg's local database: its names, types, keys and what a deletion takes along are the
/// contract with pkg (libpkg/pkgdb.c, pkgdb_init).
/// </summary>
internal static class Schema
{
    private const string OfPackage = "REFERENCES packages(id) ON DELETE CASCADE ON UPDATE CASCADE";

    /// <summary>What makes an empty database of a version.</summary>
    public static IEnumerable<string> Statements(int version)
    {
        foreach (var statement in Packages(version).Concat(Scripts(version)).Concat(Lists(version)))
        {
            yield return statement;
        }

        foreach (var (name, on, from, before) in Indexes)
        {
            if (version >= from && version < before)
            {
                yield return $"CREATE INDEX {name} ON {on}";
            }
        }

        if (version >= SchemaVersion.WithFlavors)
        {
            yield return Flavors;
        }

        yield return "INSERT INTO pkg_lock VALUES (0, 0, 0)";
        yield return $"PRAGMA user_version = {version}";
    }

    private const string Flavors = """
        CREATE VIEW flavors AS
        SELECT package_id, value.annotation AS flavor FROM pkg_annotation
        LEFT JOIN annotation tag ON pkg_annotation.tag_id = tag.annotation_id
        LEFT JOIN annotation value ON pkg_annotation.value_id = value.annotation_id
        WHERE tag.annotation = 'flavor'
        """;

    private static IEnumerable<string> Packages(int version)
    {
        yield return """
            CREATE TABLE packages (
                id INTEGER PRIMARY KEY, origin TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL,
                comment TEXT NOT NULL, desc TEXT NOT NULL, mtree_id INTEGER, message TEXT, arch TEXT NOT NULL,
                maintainer TEXT NOT NULL, www TEXT, prefix TEXT NOT NULL, flatsize INTEGER NOT NULL,
                automatic INTEGER NOT NULL, locked INTEGER NOT NULL DEFAULT 0, licenselogic INTEGER NOT NULL,
                time INTEGER, manifestdigest TEXT NULL, pkg_format_version INTEGER, dep_formula TEXT NULL,
                vital INTEGER NOT NULL DEFAULT 0)
            """;
        yield return "CREATE UNIQUE INDEX packages_unique ON packages(name)";
        yield return $"""
            CREATE TABLE deps (
                origin TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL, package_id INTEGER {OfPackage})
            """;
        yield return "CREATE UNIQUE INDEX deps_unique ON deps(name, version, package_id)";
        var metadata = version >= SchemaVersion.WithMetadata;
        yield return $"""
            CREATE TABLE files (
                path TEXT PRIMARY KEY, sha256 TEXT,
                {(
                metadata
                    ? "uname TEXT, gname TEXT, perm INTEGER, fflags INTEGER, mtime INTEGER, symlink_target TEXT,"
                    : ""
            )}
                package_id INTEGER {OfPackage})
            """;
        yield return $"""
            CREATE TABLE directories (
                id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE
                {(metadata ? ", uname TEXT, gname TEXT, perm INTEGER, fflags INTEGER" : "")})
            """;
        yield return $"""
            CREATE TABLE pkg_directories (
                package_id INTEGER {OfPackage},
                directory_id INTEGER REFERENCES directories(id) ON DELETE RESTRICT ON UPDATE RESTRICT,
                try INTEGER, PRIMARY KEY (package_id, directory_id))
            """;
        yield return $"""
            CREATE TABLE config_files (path TEXT NOT NULL UNIQUE, content TEXT, package_id INTEGER {OfPackage})
            """;
        yield return "CREATE TABLE pkg_lock (exclusive INTEGER(1), advisory INTEGER(1), read INTEGER(8))";
        yield return "CREATE TABLE pkg_lock_pid (pid INTEGER PRIMARY KEY)";
    }

    private static IEnumerable<string> Scripts(int version)
    {
        yield return $"""
            CREATE TABLE pkg_script (
                package_id INTEGER {OfPackage}, type INTEGER,
                script_id INTEGER REFERENCES script(script_id) ON DELETE RESTRICT ON UPDATE CASCADE,
                PRIMARY KEY (package_id, type))
            """;
        yield return "CREATE TABLE script (script_id INTEGER PRIMARY KEY, script TEXT NOT NULL UNIQUE)";
        yield return """
            CREATE TABLE lua_script (lua_script_id INTEGER PRIMARY KEY, lua_script TEXT NOT NULL UNIQUE)
            """;
        yield return $"""
            CREATE TABLE pkg_lua_script (
                package_id INTEGER NOT NULL {OfPackage},
                lua_script_id INTEGER NOT NULL
                    REFERENCES lua_script(lua_script_id) ON DELETE RESTRICT ON UPDATE RESTRICT,
                type INTEGER, UNIQUE (package_id, lua_script_id))
            """;
        foreach (var statement in Options(version))
        {
            yield return statement;
        }
    }

    private static IEnumerable<string> Options(int version)
    {
        const string Option =
            "option_id INTEGER NOT NULL REFERENCES option(option_id) ON DELETE RESTRICT ON UPDATE CASCADE";
        const string Key = "PRIMARY KEY (package_id, option_id)";
        yield return "CREATE TABLE option (option_id INTEGER PRIMARY KEY, option TEXT NOT NULL UNIQUE)";
        yield return $"CREATE TABLE pkg_option (package_id INTEGER NOT NULL {OfPackage}, {Option}, value TEXT NOT NULL, {Key})";
        if (version < SchemaVersion.WithFlavors)
        {
            yield return """
                CREATE TABLE option_desc (option_desc_id INTEGER PRIMARY KEY, option_desc TEXT NOT NULL UNIQUE)
                """;
            yield return $"""
                CREATE TABLE pkg_option_desc (
                    package_id INTEGER NOT NULL {OfPackage}, {Option},
                    option_desc_id INTEGER NOT NULL
                        REFERENCES option_desc(option_desc_id) ON DELETE RESTRICT ON UPDATE CASCADE, {Key})
                """;
            yield return $"""
                CREATE TABLE pkg_option_default (
                    package_id INTEGER NOT NULL {OfPackage}, {Option}, default_value TEXT NOT NULL, {Key})
                """;
        }
    }

    /// <summary>Tables of names, each with one that says which packages have them.</summary>
    private static IEnumerable<string> Lists(int version)
    {
        foreach (var (table, link, column) in NameLists)
        {
            yield return $"CREATE TABLE {table} (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)";
            var key = table is "categories" or "licenses" ? "PRIMARY KEY" : "UNIQUE";
            yield return $"""
                CREATE TABLE {link} (
                    package_id INTEGER {OfPackage},
                    {column} INTEGER REFERENCES {table}(id) ON DELETE RESTRICT ON UPDATE RESTRICT,
                    {key} (package_id, {column}))
                """;
        }

        yield return "CREATE TABLE shlibs (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE)";
        foreach (var link in LibraryLists.Where(link => version >= link.From))
        {
            yield return Link(link.Table, "shlib_id", "shlibs");
        }

        foreach (var name in new[] { "provide", "require" })
        {
            yield return $"CREATE TABLE {name}s (id INTEGER PRIMARY KEY, {name} TEXT NOT NULL)";
            yield return Link($"pkg_{name}s", $"{name}_id", $"{name}s");
        }

        const string Annotation =
            "INTEGER NOT NULL REFERENCES annotation(annotation_id) ON DELETE CASCADE ON UPDATE RESTRICT";
        yield return """
            CREATE TABLE annotation (annotation_id INTEGER PRIMARY KEY, annotation TEXT NOT NULL UNIQUE)
            """;
        yield return $"""
            CREATE TABLE pkg_annotation (
                package_id INTEGER REFERENCES packages(id) ON DELETE CASCADE ON UPDATE RESTRICT,
                tag_id {Annotation}, value_id {Annotation}, UNIQUE (package_id, tag_id))
            """;
        yield return $"""
            CREATE TABLE pkg_conflicts (
                package_id INTEGER NOT NULL {OfPackage}, conflict_id INTEGER NOT NULL,
                UNIQUE (package_id, conflict_id))
            """;
    }

    private static string Link(string table, string column, string names) =>
        $"""
            CREATE TABLE {table} (
                package_id INTEGER NOT NULL {OfPackage},
                {column} INTEGER NOT NULL REFERENCES {names}(id) ON DELETE RESTRICT ON UPDATE RESTRICT,
                UNIQUE (package_id, {column}))
            """;

    private static readonly (string Table, string Link, string Column)[] NameLists =
    [
        ("categories", "pkg_categories", "category_id"),
        ("licenses", "pkg_licenses", "license_id"),
        ("users", "pkg_users", "user_id"),
        ("groups", "pkg_groups", "group_id"),
    ];

    private static readonly (string Table, int From)[] LibraryLists =
    [
        ("pkg_shlibs_required", SchemaVersion.Oldest),
        ("pkg_shlibs_provided", SchemaVersion.Oldest),
        ("pkg_shlibs_required_ignore", SchemaVersion.WithIgnoredLibraries),
        ("pkg_shlibs_provided_ignore", SchemaVersion.WithIgnoredLibraries),
    ];

    private const int Ever = int.MaxValue;

    private static readonly (string Name, string On, int From, int Before)[] Indexes =
    [
        ("deporigini", "deps(origin)", SchemaVersion.Oldest, Ever),
        ("deps_package_id", "deps(package_id)", SchemaVersion.Oldest, Ever),
        ("files_package_id", "files(package_id)", SchemaVersion.Oldest, Ever),
        (
            "pkg_directories_directory_id",
            "pkg_directories(directory_id)",
            SchemaVersion.Oldest,
            Ever
        ),
        ("pkg_digest_id", "packages(origin, manifestdigest)", SchemaVersion.Oldest, Ever),
        ("pkg_conflicts_cid", "pkg_conflicts(conflict_id)", SchemaVersion.Oldest, Ever),
        ("packages_origin", "packages(origin COLLATE NOCASE)", SchemaVersion.Oldest, Ever),
        ("packages_name", "packages(name COLLATE NOCASE)", SchemaVersion.Oldest, Ever),
        ("provides_provide", "provides(provide)", SchemaVersion.WithMoreIndexes, Ever),
        (
            "pkg_provides_provide_id",
            "pkg_provides(provide_id)",
            SchemaVersion.WithMoreIndexes,
            Ever
        ),
        ("requires_require", "requires(\"require\")", SchemaVersion.WithMoreIndexes, Ever),
        (
            "pkg_requires_require_id",
            "pkg_requires(require_id)",
            SchemaVersion.WithMoreIndexes,
            Ever
        ),
        (
            "pkg_requires_package_id",
            "pkg_requires(package_id)",
            SchemaVersion.WithMoreIndexes,
            Ever
        ),
        (
            "config_files_package_id",
            "config_files(package_id)",
            SchemaVersion.WithMoreIndexes,
            Ever
        ),
        (
            "pkg_lua_script_package_id",
            "pkg_lua_script(package_id)",
            SchemaVersion.WithMoreIndexes,
            Ever
        ),
        (
            "pkg_shlibs_required_shlib_id",
            "pkg_shlibs_required(shlib_id)",
            SchemaVersion.WithFlavors,
            Ever
        ),
        (
            "pkg_shlibs_provided_shlib_id",
            "pkg_shlibs_provided(shlib_id)",
            SchemaVersion.WithFlavors,
            Ever
        ),
        (
            "pkg_shlibs_required_ignore_shlib_id",
            "pkg_shlibs_required_ignore(shlib_id)",
            SchemaVersion.WithFlavors,
            Ever
        ),
        (
            "pkg_shlibs_provided_ignore_shlib_id",
            "pkg_shlibs_provided_ignore(shlib_id)",
            SchemaVersion.WithFlavors,
            Ever
        ),
        (
            "pkg_script_package_id",
            "pkg_script(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_directories_package_id",
            "pkg_directories(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_categories_package_id",
            "pkg_categories(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_licenses_package_id",
            "pkg_licenses(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_users_package_id",
            "pkg_users(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_groups_package_id",
            "pkg_groups(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_shlibs_required_package_id",
            "pkg_shlibs_required(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_shlibs_provided_package_id",
            "pkg_shlibs_provided(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_shlibs_required_ignore_package_id",
            "pkg_shlibs_required_ignore(package_id)",
            SchemaVersion.WithIgnoredLibraries,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_shlibs_provided_ignore_package_id",
            "pkg_shlibs_provided_ignore(package_id)",
            SchemaVersion.WithIgnoredLibraries,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_annotation_package_id",
            "pkg_annotation(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_conflicts_pid",
            "pkg_conflicts(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
        (
            "pkg_provides_id",
            "pkg_provides(package_id)",
            SchemaVersion.Oldest,
            SchemaVersion.WithFlavors
        ),
    ];
}
