using System.Text.Json.Nodes;

namespace Appliance.Lab.Rpki;

/// <summary>The JSON of validated payloads that rpki-client writes and stayrtr(1) reads.</summary>
public static class VrpFile
{
    public static string Write(IEnumerable<RoaEntry> entries) =>
        new JsonObject
        {
            ["metadata"] = new JsonObject { ["vrps"] = 0 },
            ["roas"] = new JsonArray([
                .. entries.Select(entry => new JsonObject
                {
                    ["asn"] = entry.Asn,
                    ["prefix"] = entry.Prefix.ToString(),
                    ["maxLength"] = entry.MaxLength,
                    ["ta"] = "lab",
                }),
            ]),
        }.ToJsonString();
}
