using System.Text;
using System.Text.Json;

namespace Appliance.Lab.Daemons;

/// <summary>Several JSON documents behind each other, as vtysh prints them for several commands.</summary>
internal static class JsonSequence
{
    /// <exception cref="LabException">Something that is no JSON stands there.</exception>
    public static IReadOnlyList<JsonElement> Read(string text)
    {
        var reader = new Utf8JsonReader(
            Encoding.UTF8.GetBytes(text),
            new JsonReaderOptions { AllowMultipleValues = true }
        );
        var documents = new List<JsonElement>();
        try
        {
            while (reader.Read())
            {
                documents.Add(JsonElement.ParseValue(ref reader));
            }
        }
        catch (JsonException exception)
        {
            throw new LabException(
                LabFault.Failed,
                $"a router answered with what is no JSON: {exception.Message}: {Beginning(text)}",
                exception
            );
        }

        return documents;
    }

    private static string Beginning(string text) => text.Length > 200 ? text[..200] + "…" : text;
}
