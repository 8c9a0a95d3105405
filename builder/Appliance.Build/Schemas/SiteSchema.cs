using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Appliance.Rendering.Documents;

namespace Appliance.Build.Schemas;

/// <summary>JSON Schema (2020-12) of site documents, from the very contract that reads them.</summary>
public static class SiteSchema
{
    private static readonly JsonSchemaExporterOptions Options = new()
    {
        TreatNullObliviousAsNonNullable = true,
    };

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
    };

    /// <summary>Text with a final newline; the same contract gives the same bytes.</summary>
    public static string Write()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Site document of Appliance",
        };
        foreach (
            var (name, value) in SiteDocumentJson.Contract.GetJsonSchemaAsNode(Options).AsObject()
        )
        {
            schema[name] = value?.DeepClone();
        }

        return schema.ToJsonString(Indented) + "\n";
    }
}
