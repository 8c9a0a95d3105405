using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Appliance.Sources.Packages.Resolution;

namespace Appliance.Build.Tests.Packages;

/// <summary>The files of the small release as one package, as pkgbase has them: what a base of packages needs, made in a second.</summary>
internal static class MiniBase
{
    public const string Name = "FreeBSD-runtime";
    public const string Version = "15.1p4";

    /// <summary>Writes the package into a folder.</summary>
    public static ResolvedPackage Write(
        MiniRelease release,
        string folder,
        string version = Version
    )
    {
        var path = Path.Combine(folder, $"{Name}-{version}.pkg");
        using (var file = File.Create(path))
        using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        using (var writer = new TarWriter(packed, TarEntryFormat.Pax))
        {
            var manifest = Encoding.UTF8.GetBytes(Manifest(release, version).ToJsonString());
            Add(writer, "+COMPACT_MANIFEST", manifest, 0x1A4);
            Add(writer, "+MANIFEST", manifest, 0x1A4);
            foreach (var (name, bytes) in release.Files)
            {
                Add(writer, "/" + name, bytes, name == "etc/master.passwd" ? 0x180 : 0x1A4);
            }
        }

        var content = File.ReadAllBytes(path);
        return new ResolvedPackage
        {
            Name = Name,
            Version = version,
            Origin = "base/" + Name,
            Abi = "FreeBSD:15:amd64",
            Repository = "FreeBSD-base",
            RepositoryPath = Path.GetFileName(path),
            Size = content.Length,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(content)),
            IsAutomatic = false,
            Path = path,
            State = PackageState.Cached,
        };
    }

    private static JsonObject Manifest(MiniRelease release, string version) =>
        new()
        {
            ["name"] = Name,
            ["version"] = version,
            ["origin"] = "base/" + Name,
            ["comment"] = "Non-interactive subset of base",
            ["abi"] = "FreeBSD:15:amd64",
            ["arch"] = "freebsd:15:x86:64",
            ["prefix"] = "/",
            ["config"] = new JsonArray("/etc/master.passwd", "/etc/group"),
            ["files"] = new JsonObject(
                release.Files.Select(file =>
                    KeyValuePair.Create(
                        "/" + file.Key,
                        (JsonNode?)("1$" + Convert.ToHexStringLower(SHA256.HashData(file.Value)))
                    )
                )
            ),
        };

    private static void Add(TarWriter writer, string path, byte[] bytes, int mode) =>
        writer.WriteEntry(
            new PaxTarEntry(TarEntryType.RegularFile, path)
            {
                Mode = (UnixFileMode)mode,
                UserName = "root",
                GroupName = "wheel",
                ModificationTime = DateTimeOffset.UnixEpoch.AddYears(55),
                DataStream = new MemoryStream(bytes),
            }
        );
}
