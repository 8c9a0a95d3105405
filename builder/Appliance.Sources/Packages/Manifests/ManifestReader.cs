using System.Text.Json;
using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages.Manifests;

/// <summary>
/// Reads a manifest. pkg skips what it does not understand; here a key of the wrong type is an error, because an image
/// must not lack what its package wanted to say. Keys that are not known are skipped, as newer versions of pkg add some.
/// </summary>
internal static class ManifestReader
{
    /// <summary>The largest manifest, in bytes: room for about 250,000 files, more than twice those of texlive-texmf.</summary>
    public const int MaximumBytes = 64 << 20;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 16 };

    public static PackageManifest Read(ReadOnlyMemory<byte> json, string origin)
    {
        try
        {
            if (json.Length > MaximumBytes)
            {
                throw new ArchiveException(
                    $"the manifest of {json.Length} bytes is larger than the {MaximumBytes} that are allowed"
                );
            }

            using var document = JsonDocument.Parse(json.TrimEnd((byte)0), Options);
            return Read(new ManifestNode(document.RootElement, ""));
        }
        catch (Exception exception) when (exception is JsonException or ArchiveException)
        {
            throw new SourceException(
                SourceFailure.Malformed,
                $"{origin}: {exception.Message}. It is no manifest of a package: fetch it again, or tell who made it",
                exception
            );
        }
    }

    private static PackageManifest Read(ManifestNode top)
    {
        var keys = top.Members();
        var arch = keys.Text("arch") ?? "";
        var manifest = new PackageManifest
        {
            Name = PackageNames.CheckName(keys.RequiredText("name")),
            Version = PackageNames.CheckVersion(keys.RequiredText("version")),
            Origin = keys.RequiredText("origin"),
            Abi = keys.Text("abi") ?? (arch.Length > 0 ? arch : keys.RequiredText("abi")),
            Arch = arch,
        };
        return WithFiles(WithRelations(WithDescription(manifest, keys), keys), keys);
    }

    private static PackageManifest WithDescription(PackageManifest manifest, ManifestKeys keys) =>
        manifest with
        {
            Comment = keys.Text("comment") ?? "",
            Description = PercentCode.Decode(keys.Text("desc") ?? ""),
            Maintainer = keys.Text("maintainer") ?? "",
            Www = keys.Text("www") ?? "",
            Prefix = keys.Text("prefix") ?? "",
            FlatSize = keys.Size("flatsize"),
            PackageSize = keys.Size("pkgsize"),
            Sum = NullIfEmpty(keys.Text("sum")),
            RepositoryPath = NullIfEmpty(keys.Text("repopath") ?? keys.Text("path")),
            LicenseLogic = Logic(keys.Text("licenselogic")),
            Licenses = keys.Texts("licenses"),
            Categories = keys.Texts("categories"),
            Options = keys.Pairs("options"),
            Annotations = keys.Pairs("annotations"),
            IsVital = keys.Flag("vital"),
            Messages = ManifestParts.Messages(keys.Find("messages") ?? keys.Find("message")),
        };

    private static PackageManifest WithRelations(PackageManifest manifest, ManifestKeys keys) =>
        manifest with
        {
            Dependencies = ManifestParts.Dependencies(keys.Find("deps")),
            DependencyFormula = NullIfEmpty(keys.Text("dep_formula")),
            Users = ManifestParts.Names(keys.Find("users")),
            Groups = ManifestParts.Names(keys.Find("groups")),
            SharedLibrariesRequired = [.. keys.Texts("shlibs_required"), .. keys.Texts("shlibs")],
            SharedLibrariesRequiredIgnore = keys.Texts("shlibs_required_ignore"),
            SharedLibrariesProvided = keys.Texts("shlibs_provided"),
            SharedLibrariesProvidedIgnore = keys.Texts("shlibs_provided_ignore"),
            Conflicts = keys.Texts("conflicts"),
            Provides = keys.Texts("provides"),
            Requires = keys.Texts("requires"),
        };

    private static PackageManifest WithFiles(PackageManifest manifest, ManifestKeys keys) =>
        manifest with
        {
            Files = ManifestFiles.Files(keys.Find("files")),
            Directories = ManifestFiles.Directories(keys.Find("directories"), keys.Find("dirs")),
            ConfigurationFiles = [.. keys.Texts("config").Select(PercentCode.Decode)],
            Scripts = ManifestParts.Scripts(keys.Find("scripts")),
            LuaScripts = ManifestParts.LuaScripts(keys.Find("lua_scripts")),
        };

    private static LicenseLogic Logic(string? text) =>
        text switch
        {
            null or "single" => LicenseLogic.One,
            "or" or "dual" => LicenseLogic.Or,
            "and" or "multi" => LicenseLogic.And,
            _ => throw new ArchiveException($"licenselogic is \"{text}\", which is not known"),
        };

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;
}
