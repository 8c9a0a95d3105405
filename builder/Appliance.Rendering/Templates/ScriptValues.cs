using System.Text.Json;
using Scriban.Runtime;

namespace Appliance.Rendering.Templates;

/// <summary>
/// Turns JSON into what a template sees. View models go this way because source-generated JSON needs no
/// reflection, which is what importing an object would need.
/// </summary>
internal static class ScriptValues
{
    public static ScriptObject FromObject(JsonElement element)
    {
        var result = new ScriptObject();
        foreach (var member in element.EnumerateObject())
        {
            result.SetValue(member.Name, FromElement(member.Value), readOnly: true);
        }

        return result;
    }

    private static object? FromElement(JsonElement element) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => FromObject(element),
            JsonValueKind.Array => FromArray(element),
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetInt64(),
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => null,
        };

    private static ScriptArray FromArray(JsonElement element)
    {
        var result = new ScriptArray();
        foreach (var item in element.EnumerateArray())
        {
            result.Add(FromElement(item));
        }

        return result;
    }
}
