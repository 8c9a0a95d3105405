using System.Text.Json.Nodes;
using Appliance.Build.Schemas;
using Appliance.Model.Schemas;
using Appliance.Rendering.Documents;

namespace Appliance.Build.Tests.Schemas;

/// <summary>The schemas in profiles/schema are what the code reads.</summary>
public class SchemaTests
{
    private static readonly string Folder = RepositoryRoot.Combine("profiles", "schema");

    [Fact]
    public void The_schema_of_the_site_document_is_up_to_date() =>
        AssertUpToDate("site.json", SiteSchema.Write());

    [Fact]
    public void The_schema_of_the_site_document_knows_every_member_of_one()
    {
        var schema = JsonNode.Parse(SiteSchema.Write())!;
        var document = JsonNode.Parse(
            SiteDocumentJson.Write(ExampleSite.Request("router01", "x").Document)
        )!;
        AssertCovers(schema, document, schema, "$");
    }

    [Fact]
    public void The_schema_of_the_network_file_is_up_to_date_and_knows_every_value()
    {
        var (text, unknown) = NetworkSchema.Create(
            Directory
                .EnumerateFiles(RepositoryRoot.Combine("profiles", "networks"), "*.yaml")
                .Append(
                    RepositoryRoot.Combine(
                        "tests",
                        "Appliance.Build.Tests",
                        "Schemas",
                        "every-key.yaml"
                    )
                )
                .Order(StringComparer.Ordinal)
                .Select(File.ReadAllText)
        );
        Assert.True(
            unknown.Count == 0,
            $"every-key.yaml beside this test needs a value of {string.Join(", ", unknown)}"
        );
        AssertUpToDate("network.json", text);
    }

    /// <summary>Every member of a document is described, and no other one is allowed beside it.</summary>
    private static void AssertCovers(JsonNode schema, JsonNode node, JsonNode root, string path)
    {
        if (schema["$ref"] is { } reference)
        {
            schema = reference
                .GetValue<string>()[2..]
                .Split('/', StringSplitOptions.RemoveEmptyEntries)
                .Aggregate(
                    root,
                    (at, name) =>
                        at is JsonArray list
                            ? list[
                                int.Parse(name, System.Globalization.CultureInfo.InvariantCulture)
                            ]!
                            : at[name]!
                );
        }

        switch (node)
        {
            case JsonObject members when schema["properties"] is { } properties:
                Assert.Equal("false", schema["additionalProperties"]?.ToJsonString());
                foreach (var (name, value) in members)
                {
                    Assert.True(properties[name] is not null, $"{path}.{name}");
                    AssertCovers(properties[name]!, value!, root, $"{path}.{name}");
                }

                break;
            case JsonArray items when schema["items"] is { } each:
                foreach (var item in items)
                {
                    AssertCovers(each, item!, root, $"{path}[]");
                }

                break;
        }
    }

    private static void AssertUpToDate(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        if (Environment.GetEnvironmentVariable("APPLIANCE_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(path, text);
        }

        Assert.True(
            File.Exists(path) && File.ReadAllText(path) == text,
            $"profiles/schema/{name} is not what the code reads: APPLIANCE_UPDATE_GOLDEN=1 dotnet test --project tests/Appliance.Build.Tests"
        );
    }
}
