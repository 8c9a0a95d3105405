using System.Text.Json;
using Appliance.Model.Values;

namespace Appliance.Build.Objects;

/// <summary>
/// Reads VRPs as validators export them: {"roas": [{"asn": "AS64500", "prefix": "2001:db8::/32", "maxLength": 48}]}
/// (rpki-client, Routinator, StayRTR); the AS number may be a number.
/// </summary>
public static class VrpFile
{
    /// <exception cref="BuildException">The text is no such export.</exception>
    public static IReadOnlyList<Vrp> Read(string json, string fileName)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return
            [
                .. document
                    .RootElement.GetProperty("roas")
                    .EnumerateArray()
                    .Select((roa, index) => ReadOne(roa, index, fileName)),
            ];
        }
        catch (Exception exception)
            when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Malformed(
                fileName,
                "it is no JSON export of VRPs with a list \"roas\"",
                exception
            );
        }
    }

    private static Vrp ReadOne(JsonElement roa, int index, string fileName)
    {
        var asnElement = roa.GetProperty("asn");
        var asnText =
            asnElement.ValueKind == JsonValueKind.Number
                ? asnElement.GetRawText()
                : (asnElement.GetString() ?? "").Replace(
                    "AS",
                    "",
                    StringComparison.OrdinalIgnoreCase
                );
        var prefixText = roa.GetProperty("prefix").GetString() ?? "";
        return
            Asn.TryParse(asnText, out var asn, out _)
            && IpPrefix.TryParse(prefixText, out var prefix, out _)
            && roa.GetProperty("maxLength").TryGetInt32(out var maximum)
            && maximum >= prefix.Length
            && maximum <= prefix.Address.Width
            ? new Vrp(asn, prefix, maximum)
            : throw Malformed(fileName, $"entry {index + 1} of \"roas\" is malformed", null);
    }

    private static BuildException Malformed(string fileName, string problem, Exception? inner) =>
        new(BuildFailure.BadInput, $"{fileName}: {problem}", inner);
}
