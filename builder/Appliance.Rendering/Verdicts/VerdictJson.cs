using System.Text.Json;

namespace Appliance.Rendering.Verdicts;

/// <summary>Reads and writes verdicts without reflection.</summary>
public static class VerdictJson
{
    /// <summary>One line without a newline, as for the console.</summary>
    public static string WriteLine(Verdict verdict) =>
        JsonSerializer.Serialize(verdict, VerdictJsonContext.Default.Verdict);

    /// <exception cref="JsonException">Not a verdict.</exception>
    public static Verdict Read(string json) =>
        JsonSerializer.Deserialize(json, VerdictJsonContext.Default.Verdict)
        ?? throw new JsonException("the verdict is null");
}
