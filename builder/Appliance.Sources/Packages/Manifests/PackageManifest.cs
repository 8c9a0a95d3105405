namespace Appliance.Sources.Packages.Manifests;

/// <summary>How the licences of a package belong together.</summary>
public enum LicenseLogic
{
    /// <summary>There is one licence (<c>single</c>).</summary>
    One,

    /// <summary>The user chooses one of several.</summary>
    Or,

    /// <summary>All of them apply.</summary>
    And,
}

/// <summary>
/// What a package says of itself: the content of <c>+MANIFEST</c>, or of <c>+COMPACT_MANIFEST</c> and of a line of
/// <c>packagesite.yaml</c>, which have no files, directories, configuration files and scripts. Source: the keys that
/// libpkg/pkg_manifest.c of pkg(8) reads and writes; paths and texts are decoded.
/// </summary>
public sealed record PackageManifest
{
    /// <summary>The name, e.g. <c>frr10</c>; unique in a repository but for its versions.</summary>
    public required string Name { get; init; }

    /// <summary>The version with revision and epoch, e.g. <c>10.2.1_3,1</c>.</summary>
    public required string Version { get; init; }

    /// <summary>The port it was built from, e.g. <c>net/frr10</c>; packages of the base system have <c>base</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>One line that says what it is.</summary>
    public string Comment { get; init; } = "";

    /// <summary>The description, of several lines.</summary>
    public string Description { get; init; } = "";

    /// <summary>Who maintains it.</summary>
    public string Maintainer { get; init; } = "";

    /// <summary>Its home page.</summary>
    public string Www { get; init; } = "";

    /// <summary>What it runs on, e.g. <c>FreeBSD:15:amd64</c> or <c>FreeBSD:15:*</c>.</summary>
    public required string Abi { get; init; }

    /// <summary>The same in pkg's older spelling (key <c>arch</c>), e.g. <c>freebsd:15:x86:64</c>.</summary>
    public string Arch { get; init; } = "";

    /// <summary>Where its files are installed, e.g. <c>/usr/local</c>.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Bytes of its files when installed.</summary>
    public long FlatSize { get; init; }

    /// <summary>Bytes of the package file; 0 where not known (a package does not know its own).</summary>
    public long PackageSize { get; init; }

    /// <summary>The digest of the package file as the repository tells it, see <see cref="PackageSum"/>; null in a package.</summary>
    public string? Sum { get; init; }

    /// <summary>Where the package lies, relative to its repository; null in a package.</summary>
    public string? RepositoryPath { get; init; }

    /// <summary>How the licences belong together.</summary>
    public LicenseLogic LicenseLogic { get; init; }

    /// <summary>Names of licences as FreeBSD's ports know them, e.g. <c>GPLv2</c>.</summary>
    public IReadOnlyList<string> Licenses { get; init; } = [];

    /// <summary>Categories of the ports tree.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The packages it needs.</summary>
    public IReadOnlyList<PackageDependency> Dependencies { get; init; } = [];

    /// <summary>A formula of dependencies with alternatives; null where it has none.</summary>
    public string? DependencyFormula { get; init; }

    /// <summary>Names of users it needs; their numbers are in the ports tree's UIDs, their making in its scripts.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Names of groups it needs.</summary>
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>Shared libraries that its files are linked with, e.g. <c>libcares.so.2</c>.</summary>
    public IReadOnlyList<string> SharedLibrariesRequired { get; init; } = [];

    /// <summary>Patterns of required libraries that pkg shall not look for.</summary>
    public IReadOnlyList<string> SharedLibrariesRequiredIgnore { get; init; } = [];

    /// <summary>Shared libraries it brings.</summary>
    public IReadOnlyList<string> SharedLibrariesProvided { get; init; } = [];

    /// <summary>Patterns of its libraries that pkg shall not take for provided.</summary>
    public IReadOnlyList<string> SharedLibrariesProvidedIgnore { get; init; } = [];

    /// <summary>Names of packages it cannot be installed with.</summary>
    public IReadOnlyList<string> Conflicts { get; init; } = [];

    /// <summary>Features it brings.</summary>
    public IReadOnlyList<string> Provides { get; init; } = [];

    /// <summary>Features that some package has to bring.</summary>
    public IReadOnlyList<string> Requires { get; init; } = [];

    /// <summary>The options it was built with and their values, <c>on</c> or <c>off</c> for most, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Options { get; init; } = [];

    /// <summary>Notes such as <c>FreeBSD_version</c>, <c>cpe</c> and <c>flavor</c>, in their order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Annotations { get; init; } = [];

    /// <summary>Whether pkg asks twice before it deletes it.</summary>
    public bool IsVital { get; init; }

    /// <summary>Its files and symbolic links, in their order.</summary>
    public IReadOnlyList<PackageFile> Files { get; init; } = [];

    /// <summary>Its directories that are not made by its files alone, in their order.</summary>
    public IReadOnlyList<PackageDirectory> Directories { get; init; } = [];

    /// <summary>Absolute paths of those of its files that the operator edits.</summary>
    public IReadOnlyList<string> ConfigurationFiles { get; init; } = [];

    /// <summary>Its shell scripts, at most one of a kind, in the order they stand in.</summary>
    public IReadOnlyList<PackageScript> Scripts { get; init; } = [];

    /// <summary>Its Lua scripts, in the order they stand in.</summary>
    public IReadOnlyList<PackageScript> LuaScripts { get; init; } = [];

    /// <summary>What it tells the operator.</summary>
    public IReadOnlyList<PackageMessage> Messages { get; init; } = [];

    /// <summary>The value of an annotation; null where it has none of that name.</summary>
    public string? Annotation(string name)
    {
        foreach (var (key, value) in Annotations)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Reads a manifest as pkg writes it: one JSON object. <paramref name="origin"/> names it in messages.</summary>
    /// <exception cref="SourceException">It is none, or lacks what every package has.</exception>
    public static PackageManifest Parse(ReadOnlyMemory<byte> json, string origin) =>
        ManifestReader.Read(json, origin);
}
