using System.Text;
using System.Text.Json.Nodes;
using Appliance.Sources.Tests.Support;

namespace Appliance.Sources.Tests.Packages.Support;

/// <summary>Makes catalogues of packages that exist in them only.</summary>
public sealed class CatalogueBuilder
{
    private readonly List<JsonObject> manifests = [];

    public IReadOnlyList<JsonObject> Manifests => manifests;

    /// <summary>Adds a package; <paramref name="more"/> is JSON members such as <c>"deps":["a"]</c>.</summary>
    public CatalogueBuilder Add(string name, string version = "1.0", string more = "")
    {
        var manifest = JsonNode
            .Parse(
                $$"""
                {"name":"{{name}}","origin":"misc/{{name}}","version":"{{version}}","comment":"x","abi":"FreeBSD:15:amd64",
                 "sum":"{{new string(
                    'a',
                    64
                )}}","path":"All/{{name}}-{{version}}.pkg","pkgsize":100,"categories":["misc"]}
                """
            )!
            .AsObject();
        foreach (var (key, value) in JsonNode.Parse($"{{{more}}}")!.AsObject())
        {
            manifest[key] =
                key == "deps"
                    ? new JsonObject(
                        value!
                            .AsArray()
                            .Select(dep =>
                                KeyValuePair.Create(
                                    dep!.GetValue<string>(),
                                    (JsonNode?)
                                        new JsonObject { ["origin"] = "x/y", ["version"] = "1" }
                                )
                            )
                    )
                    : value!.DeepClone();
        }

        manifests.Add(manifest);
        return this;
    }

    /// <summary>The one document of <c>data.pkg</c>.</summary>
    public byte[] Data() =>
        Bytes.Of(
            $$"""{"groups":[],"expired_packages":[{"name":"x"}],"packages":[{{string.Join(',', manifests.Select(manifest => manifest.ToJsonString()))}}]}"""
        );

    /// <summary>The lines of <c>packagesite.yaml</c>.</summary>
    public byte[] Lines() =>
        Encoding.UTF8.GetBytes(
            string.Concat(manifests.Select(manifest => manifest.ToJsonString() + "\n"))
        );

    /// <summary>An archive with one member.</summary>
    public static byte[] Archive(string member, byte[] content) =>
        PackageBuilder.Zstandard(new TarBuilder().File(member, content).Build());

    public byte[] DataArchive() => Archive("data", Data());
}
