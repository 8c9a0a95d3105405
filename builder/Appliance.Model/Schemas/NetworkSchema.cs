using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Model.Networks;
using Appliance.Model.Reports;
using Appliance.Model.Yaml;

namespace Appliance.Model.Schemas;

/// <summary>JSON Schema (2020-12) of network files, from what their readers ask for.</summary>
public static class NetworkSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <param name="texts">Network files that together have every key with a value of every kind it may have.</param>
    /// <returns>The schema as text with a final newline, and the places whose values none of the texts has.</returns>
    public static (string Text, IReadOnlyList<string> Unknown) Create(IEnumerable<string> texts)
    {
        var recorder = new ShapeRecorder();
        foreach (var text in texts)
        {
            var report = new Report();
            var source = SourceFile.FromText(text, "schema");
            if (YamlDocument.Read(source, report) is { } root)
            {
                _ = new NetworkReader(new NodeReader(source, report, recorder)).Read(root);
            }
        }

        var unknown = new List<string>();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Network file of Appliance",
        };
        foreach (var (name, value) in Describe(recorder.Root, "$", unknown))
        {
            schema[name] = value?.DeepClone();
        }

        return (schema.ToJsonString(Indented) + "\n", unknown);
    }

    private static JsonObject Describe(Shape shape, string path, List<string> unknown)
    {
        var kinds = Kinds(shape, path, unknown).ToList();
        switch (kinds.Count)
        {
            case 0:
                unknown.Add(path);
                return [];
            case 1:
                return kinds[0];
            default:
                return new JsonObject { ["anyOf"] = new JsonArray([.. kinds]) };
        }
    }

    private static IEnumerable<JsonObject> Kinds(Shape shape, string path, List<string> unknown)
    {
        if (shape.Members.Count > 0)
        {
            yield return Members(shape, path, unknown);
        }

        if (shape.Named is { } named)
        {
            yield return new JsonObject
            {
                ["type"] = "object",
                ["additionalProperties"] = Describe(named, $"{path}.*", unknown),
            };
        }

        if (shape.Item is { } item)
        {
            yield return new JsonObject
            {
                ["type"] = "array",
                ["items"] = Describe(item, $"{path}[]", unknown),
            };
        }

        if (shape.Words is { } words)
        {
            yield return new JsonObject
            {
                ["enum"] = new JsonArray([.. words.Select(word => JsonValue.Create(word))]),
            };
        }

        if (shape.Number is { } number)
        {
            yield return new JsonObject
            {
                ["type"] = "integer",
                ["minimum"] = number.Minimum,
                ["maximum"] = number.Maximum,
            };
        }

        if (shape.IsBoolean)
        {
            yield return new JsonObject { ["type"] = "boolean" };
        }

        if (shape is { IsScalar: true, IsBoolean: false, Number: null, Words: null })
        {
            // Without quotes YAML takes 64500 for a number, and the readers take it for text.
            yield return new JsonObject { ["type"] = new JsonArray("string", "number") };
        }
    }

    private static JsonObject Members(Shape shape, string path, List<string> unknown)
    {
        var properties = new JsonObject();
        foreach (var (key, member) in shape.Members)
        {
            properties[key] = Describe(member, $"{path}.{key}", unknown);
        }

        var described = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["additionalProperties"] = false,
        };
        if (shape.Required is { Count: > 0 } required)
        {
            described["required"] = new JsonArray([
                .. required.Select(key => JsonValue.Create(key)),
            ]);
        }

        return described;
    }
}
