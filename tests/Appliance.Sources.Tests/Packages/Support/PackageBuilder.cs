using System.IO.Compression;
using System.Text.Json.Nodes;
using Appliance.Sources.Packages.Resolution;
using Appliance.Sources.Tests.Support;
using SharpCompress.Compressors.ZStandard;

namespace Appliance.Sources.Tests.Packages.Support;

/// <summary>Makes packages, good ones and bad ones: a manifest that fits the files unless a test wants another one.</summary>
public sealed class PackageBuilder(string name = "tiny", string version = "1.0")
{
    private readonly TarBuilder content = new();
    private readonly JsonObject files = [];

    public JsonObject Manifest { get; } =
        new()
        {
            ["name"] = name,
            ["version"] = version,
            ["origin"] = "misc/" + name,
            ["comment"] = "A tiny package",
            ["abi"] = "FreeBSD:15:amd64",
            ["arch"] = "freebsd:15:x86:64",
            ["prefix"] = "/usr/local",
        };

    /// <summary>What the archive holds behind the manifest, to add things the manifest does not know.</summary>
    public TarBuilder Content => content;

    public PackageBuilder File(string path, string text, string? sum = null)
    {
        content.File(path, Bytes.Of(text));
        files[path] = new JsonObject
        {
            ["sum"] = sum ?? "1$" + Bytes.Sha256(Bytes.Of(text)),
            ["perm"] = "0644",
        };
        return this;
    }

    public PackageBuilder Listed(string path, string sum)
    {
        files[path] = sum;
        return this;
    }

    /// <summary>The unpacked archive.</summary>
    public byte[] Tar(string? manifest = null)
    {
        Manifest["files"] = files.DeepClone();
        var documents = new TarBuilder()
            .File("+COMPACT_MANIFEST", Bytes.Of(Manifest.ToJsonString()))
            .File("+MANIFEST", Bytes.Of(manifest ?? Manifest.ToJsonString()));
        return [.. documents.BuildWithoutEnd(), .. content.Build()];
    }

    public byte[] Build() => Zstandard(Tar());

    /// <summary>A resolved package that lies in <paramref name="directory"/>.</summary>
    public ResolvedPackage Resolved(TestDirectory directory, byte[]? package = null) =>
        Resolved(directory, name, version, package ?? Build());

    public static ResolvedPackage Resolved(
        TestDirectory directory,
        string name,
        string version,
        byte[] package
    ) =>
        new()
        {
            Name = name,
            Version = version,
            Origin = "misc/" + name,
            Abi = "FreeBSD:15:amd64",
            Repository = "latest",
            RepositoryPath = $"All/{name}-{version}.pkg",
            Size = package.Length,
            Sha256 = Bytes.Sha256(package),
            IsAutomatic = false,
            Path = directory.Write($"packages/{name}-{version}.pkg", package),
            State = PackageState.Cached,
        };

    public static byte[] Zstandard(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new CompressionStream(packed, 1, 0, true))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }
}
