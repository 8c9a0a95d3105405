using System.Globalization;
using Appliance.Build.Packages.Database;
using Appliance.Build.Packages.Installation;
using Appliance.Build.Tests.Packages.Installation;
using Microsoft.Data.Sqlite;

namespace Appliance.Build.Tests.Packages.Database;

/// <summary>Our database beside the one that pkg wrote when it installed the same packages (Samples/local.sql).</summary>
public sealed class LocalDatabaseTests : IDisposable
{
    private readonly PackageSystem system = new();
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("appliance-db-");

    public void Dispose()
    {
        system.Dispose();
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Every_table_has_the_columns_keys_and_indexes_of_pkgs_own()
    {
        using var ours = Ours();
        using var theirs = Theirs();

        Assert.Equal(DescribeSchema(theirs), DescribeSchema(ours));
    }

    /// <summary>Rows of each table, with what a number stands for in its place.</summary>
    [Theory]
    [InlineData("SELECT * FROM packages")]
    [InlineData("SELECT origin, deps.name, version, package_id FROM deps")]
    [InlineData("SELECT * FROM files")]
    [InlineData("SELECT * FROM config_files")]
    [InlineData(
        "SELECT path, uname, gname, perm, fflags, package_id, try FROM directories d JOIN pkg_directories p ON p.directory_id = d.id"
    )]
    [InlineData("SELECT package_id, type, script FROM pkg_script NATURAL JOIN script")]
    [InlineData("SELECT package_id, type, lua_script FROM pkg_lua_script NATURAL JOIN lua_script")]
    [InlineData("SELECT package_id, option, value FROM pkg_option NATURAL JOIN option")]
    [InlineData("SELECT package_id, name FROM pkg_categories JOIN categories ON id = category_id")]
    [InlineData("SELECT package_id, name FROM pkg_licenses JOIN licenses ON id = license_id")]
    [InlineData("SELECT package_id, name FROM pkg_users JOIN users ON id = user_id")]
    [InlineData("SELECT package_id, name FROM pkg_groups JOIN groups ON id = group_id")]
    [InlineData("SELECT package_id, provide FROM pkg_provides JOIN provides ON id = provide_id")]
    [InlineData(
        "SELECT package_id, t.annotation, v.annotation FROM pkg_annotation JOIN annotation t ON t.annotation_id = tag_id JOIN annotation v ON v.annotation_id = value_id"
    )]
    [InlineData("SELECT * FROM pkg_lock")]
    public void Every_row_is_that_of_pkgs_own(string query)
    {
        using var ours = Ours();
        using var theirs = Theirs();

        var expected = Rows(theirs, query);
        Assert.NotEmpty(expected);
        Assert.Equal(expected, Rows(ours, query));
    }

    [Fact]
    public void The_same_packages_make_the_same_bytes()
    {
        using var other = new PackageSystem();

        Assert.Equal(Write(system, 42), Write(other, 42));
    }

    [Fact]
    public void It_can_be_read_where_nothing_can_be_written()
    {
        var database = Write(system, 42);

        // Bytes 18 and 19 of the header: 1 is the rollback journal, 2 the write-ahead log (fileformat2.html of SQLite).
        Assert.Equal([1, 1], database[18..20]);
    }

    [Theory]
    [InlineData(36, "files", "path sha256 package_id")]
    [InlineData(37, "files", "path sha256 uname gname perm fflags mtime symlink_target package_id")]
    [InlineData(37, "pkg_shlibs_required_ignore", "")]
    [InlineData(38, "pkg_shlibs_required_ignore", "package_id shlib_id")]
    [InlineData(39, "pkg_option_desc", "package_id option_id option_desc_id")]
    [InlineData(42, "pkg_option_desc", "")]
    [InlineData(42, "flavors", "package_id flavor")]
    public void An_older_pkg_gets_its_own_schema(int schema, string table, string columns)
    {
        using var database = Open("ours.sqlite", Write(system, schema));

        Assert.Equal(
            columns,
            string.Join(
                ' ',
                Rows(
                    database,
                    $"SELECT name FROM pragma_table_info('{table}') ORDER BY cid",
                    sort: false
                )
            )
        );
        Assert.Equal(
            [schema.ToString(CultureInfo.InvariantCulture)],
            Rows(database, "PRAGMA user_version")
        );
    }

    [Theory]
    [InlineData(null, 42)]
    [InlineData("3.0.0", 42)]
    [InlineData("2.8.0", 42)]
    [InlineData("2.7.5_1", 39)]
    [InlineData("2.6.2", 38)]
    [InlineData("2.4.2_1,1", 37)]
    [InlineData("2.3.1", 36)]
    [InlineData("1.21.3", 36)]
    public void The_schema_is_that_of_the_pkg_in_the_image(string? version, int schema) =>
        Assert.Equal(schema, SchemaVersion.Of(version));

    [Fact]
    public void What_was_left_out_is_not_in_it()
    {
        var installed = system.Install(SamplePackages.Both);
        system.Tree.LeaveOut(["/usr/local/share/licenses"]);

        PackageDatabase.AddTo(system.Tree, installed, system.Loaded, PackageSystem.Time);

        using var database = Open("ours.sqlite", system.Bytes("/var/db/pkg/local.sqlite"));
        var files = Rows(database, "SELECT path FROM files");
        Assert.Equal(8, files.Count);
        Assert.DoesNotContain("/usr/local/share/licenses/mini", files);
    }

    [Fact]
    public void A_changed_configuration_file_is_recorded_as_its_package_has_it()
    {
        var installed = system.Install(SamplePackages.Both);
        var original = system.Text("/usr/local/etc/mini.keys");
        system.Add("/usr/local/etc/mini.keys", "changed here\n");

        PackageDatabase.AddTo(system.Tree, installed, system.Loaded, PackageSystem.Time);

        // pkg merges what is on the disk with the next version by what is recorded here (attempt_to_merge of pkg_add.c).
        using var database = Open("ours.sqlite", system.Bytes("/var/db/pkg/local.sqlite"));
        Assert.Equal(
            [original.TrimEnd('\n')],
            Rows(
                    database,
                    "SELECT content FROM config_files WHERE path = '/usr/local/etc/mini.keys'"
                )
                .Select(text => text.TrimEnd('\n'))
        );
    }

    private SqliteConnection Ours() => Open("ours.sqlite", Write(system, SchemaVersion.Newest));

    private SqliteConnection Theirs()
    {
        var connection = Open("theirs.sqlite", []);
        using var command = connection.CreateCommand();
        command.CommandText = File.ReadAllText(Path.Combine(SamplePackages.Folder, "local.sql"));
        command.ExecuteNonQuery();
        return connection;
    }

    private static byte[] Write(PackageSystem system, int schema)
    {
        var installed = system.Install(SamplePackages.Both);
        PackageDatabase.AddTo(system.Tree, installed, system.Loaded, PackageSystem.Time);
        return schema == SchemaVersion.Newest
            ? system.Bytes("/var/db/pkg/local.sqlite")
            : LocalDatabase.Write([], schema, 0);
    }

    private SqliteConnection Open(string name, byte[] bytes)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static List<string> DescribeSchema(SqliteConnection database)
    {
        var lines = new List<string>();
        foreach (
            var table in Rows(
                database,
                "SELECT type || ' ' || name FROM sqlite_master WHERE type IN ('table', 'view')"
            )
        )
        {
            var name = table.Split(' ')[1];
            lines.Add(table);
            lines.AddRange(
                Rows(
                    database,
                    $"SELECT name, upper(type), \"notnull\", dflt_value, pk FROM pragma_table_info('{name}')"
                )
            );
            lines.AddRange(
                Rows(
                    database,
                    $"SELECT \"table\", \"from\", \"to\", on_update, on_delete FROM pragma_foreign_key_list('{name}')"
                )
            );
            lines.AddRange(
                Rows(
                    database,
                    $"SELECT CASE origin WHEN 'c' THEN i.name ELSE origin END, \"unique\", (SELECT group_concat(name || coll) FROM pragma_index_xinfo(i.name) WHERE key) FROM pragma_index_list('{name}') i"
                )
            );
        }

        return lines;
    }

    private static List<string> Rows(SqliteConnection database, string query, bool sort = true)
    {
        using var command = database.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(
                string.Join(
                    '|',
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(field =>
                            Convert.ToString(reader[field], CultureInfo.InvariantCulture)
                        )
                )
            );
        }

        if (sort)
        {
            rows.Sort(StringComparer.Ordinal);
        }

        return rows;
    }
}
