using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Appliance.Build.Tests.Packages;

/// <summary>An unsigned repository that has the small release as one base package.</summary>
internal static class MiniRepository
{
    /// <summary>Writes package and catalogue into a folder, over those of another version.</summary>
    public static void Write(MiniRelease release, string folder, string version = MiniBase.Version)
    {
        Directory.CreateDirectory(folder);
        var package = MiniBase.Write(release, folder, version);
        var line = new JsonObject
        {
            ["name"] = package.Name,
            ["version"] = package.Version,
            ["origin"] = package.Origin,
            ["comment"] = "base",
            ["abi"] = package.Abi,
            ["sum"] = package.Sha256,
            ["path"] = package.RepositoryPath,
            ["repopath"] = package.RepositoryPath,
            ["pkgsize"] = package.Size,
            ["categories"] = new JsonArray("base"),
        };
        using var file = File.Create(Path.Combine(folder, "packagesite.pkg"));
        using var packed = new GZipStream(file, CompressionLevel.Fastest);
        using var writer = new TarWriter(packed, TarEntryFormat.Ustar);
        writer.WriteEntry(
            new UstarTarEntry(TarEntryType.RegularFile, "packagesite.yaml")
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(line.ToJsonString() + "\n")),
            }
        );
    }
}
