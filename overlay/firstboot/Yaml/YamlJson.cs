using System.Text.Json;

namespace Appliance.FirstBoot.Yaml;

/// <summary>A node as JSON: what stood without quotes and is a number, a boolean or null stays one.</summary>
internal static class YamlJson
{
    public static byte[] Write(YamlNode node)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, node);
        }

        return stream.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, YamlNode node)
    {
        switch (node)
        {
            case YamlMapping mapping:
                writer.WriteStartObject();
                foreach (var (key, value) in mapping.Entries)
                {
                    writer.WritePropertyName(key);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case YamlSequence sequence:
                writer.WriteStartArray();
                foreach (var item in sequence.Nodes)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case YamlScalar scalar:
                Write(writer, scalar);
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, YamlScalar scalar)
    {
        if (scalar.IsNull)
        {
            writer.WriteNullValue();
        }
        else if (scalar.Boolean is { } boolean)
        {
            writer.WriteBooleanValue(boolean);
        }
        else if (scalar.IsNumber)
        {
            writer.WriteRawValue(scalar.Value);
        }
        else
        {
            writer.WriteStringValue(scalar.Value);
        }
    }
}
