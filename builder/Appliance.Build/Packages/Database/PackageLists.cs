namespace Appliance.Build.Packages.Database;

/// <summary>The lists of a package: categories, licences, accounts, options, libraries, features, annotations.</summary>
internal static class PackageLists
{
    public static void Add(Inserts inserts, DatabasePackage package, long id, int schema)
    {
        var manifest = package.Manifest;
        void Names(string names, string link, IEnumerable<string> values)
        {
            foreach (var value in values.Distinct(StringComparer.Ordinal))
            {
                inserts.Row(link, id, inserts.Name(names, value));
            }
        }

        Names(
            "categories(id, name)",
            "pkg_categories(package_id, category_id)",
            manifest.Categories
        );
        Names("licenses(id, name)", "pkg_licenses(package_id, license_id)", manifest.Licenses);
        Names("users(id, name)", "pkg_users(package_id, user_id)", manifest.Users);
        Names("groups(id, name)", "pkg_groups(package_id, group_id)", manifest.Groups);
        Names("provides(id, provide)", "pkg_provides(package_id, provide_id)", manifest.Provides);
        Names("requires(id, require)", "pkg_requires(package_id, require_id)", manifest.Requires);
        void Libraries(string table, IEnumerable<string> values) =>
            Names("shlibs(id, name)", $"{table}(package_id, shlib_id)", values);

        Libraries("pkg_shlibs_required", manifest.SharedLibrariesRequired);
        Libraries("pkg_shlibs_provided", manifest.SharedLibrariesProvided);
        if (schema >= SchemaVersion.WithIgnoredLibraries)
        {
            Libraries("pkg_shlibs_required_ignore", manifest.SharedLibrariesRequiredIgnore);
            Libraries("pkg_shlibs_provided_ignore", manifest.SharedLibrariesProvidedIgnore);
        }

        AddOptions(inserts, package, id);
        AddAnnotations(inserts, package, id);
    }

    private static void AddOptions(Inserts inserts, DatabasePackage package, long id)
    {
        foreach (var (option, value) in package.Manifest.Options)
        {
            var number = inserts.Name("option(option_id, option)", option);
            inserts.Row("pkg_option(package_id, option_id, value)", id, number, value);
        }
    }

    /// <summary>The package's own, and where it came from: that is how `pkg upgrade` finds the way back.</summary>
    private static void AddAnnotations(Inserts inserts, DatabasePackage package, long id)
    {
        const string Names = "annotation(annotation_id, annotation)";
        IEnumerable<KeyValuePair<string, string>> all =
        [
            .. package.Manifest.Annotations.Where(note =>
                note.Key is not ("repository" or "repo_type")
            ),
            new("repo_type", "binary"),
            new("repository", package.Repository),
        ];
        foreach (var (tag, value) in all.OrderBy(note => note.Key, StringComparer.Ordinal))
        {
            inserts.Row(
                "pkg_annotation(package_id, tag_id, value_id)",
                id,
                inserts.Name(Names, tag),
                inserts.Name(Names, value)
            );
        }
    }
}
