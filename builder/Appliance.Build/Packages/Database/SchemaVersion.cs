using System.Globalization;

namespace Appliance.Build.Packages.Database;

/// <summary>
/// The number of the schema of pkg's local database (PRAGMA user_version). A pkg reads its own; an older one it
/// upgrades when it may write; of a newer one it warns.
/// </summary>
internal static class SchemaVersion
{
    /// <summary>The schema of pkg 1.20 to 2.3.</summary>
    public const int Oldest = 36;

    /// <summary>From here on files and directories keep owners, modes and flags.</summary>
    public const int WithMetadata = 37;

    /// <summary>From here on there are libraries that pkg does not look for.</summary>
    public const int WithIgnoredLibraries = 38;

    /// <summary>From here on provides, requires, configuration files and Lua scripts are indexed.</summary>
    public const int WithMoreIndexes = 39;

    /// <summary>From here on there is a view of flavours; the descriptions of options and many indexes are gone.</summary>
    public const int WithFlavors = 42;

    /// <summary>The newest that is known.</summary>
    public const int Newest = WithFlavors;

    /// <summary>First version of pkg with each schema, the newest first (DB_SCHEMA_MINOR of libpkg/pkgdb.c).</summary>
    private static readonly (int Major, int Minor, int Schema)[] Introduced =
    [
        (2, 8, WithFlavors),
        (2, 7, WithMoreIndexes),
        (2, 6, WithIgnoredLibraries),
        (2, 4, WithMetadata),
    ];

    /// <summary>The schema of a version of pkg such as "2.4.2_1"; the newest one where pkg is not in the image.</summary>
    public static int Of(string? pkgVersion)
    {
        if (pkgVersion is null)
        {
            return Newest;
        }

        var parts = pkgVersion.Split('.', 3);
        var major = LeadingNumber(parts[0]);
        var minor = parts.Length > 1 ? LeadingNumber(parts[1]) : 0;
        foreach (var (firstMajor, firstMinor, schema) in Introduced)
        {
            if (major > firstMajor || (major == firstMajor && minor >= firstMinor))
            {
                return schema;
            }
        }

        return Oldest;
    }

    private static int LeadingNumber(string text)
    {
        var digits = text.TakeWhile(char.IsAsciiDigit).Count();
        return int.TryParse(
            text.AsSpan(0, digits),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out var number
        )
            ? number
            : 0;
    }
}
