using System.Text.Json;

namespace Appliance.FirstBoot.Kernel;

/// <summary>Walks the JSON of libxo(3): containers in containers, lists at the end, most values as text.</summary>
internal static class Xo
{
    /// <summary>
    /// The elements of the list at the end of the path. A container that is missing is skipped over, since
    /// releases differ in how deeply they wrap a table; a missing list has no elements.
    /// </summary>
    /// <exception cref="InvalidOperationException">The list is no list.</exception>
    public static IEnumerable<JsonElement> Elements(JsonElement element, params string[] path)
    {
        foreach (var name in path[..^1])
        {
            element =
                element.ValueKind == JsonValueKind.Object
                && element.TryGetProperty(name, out var inner)
                    ? inner
                    : element;
        }

        return
            element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(path[^1], out var list)
            ? list.EnumerateArray()
            : [];
    }

    /// <summary>A member as text, "" when it is missing.</summary>
    public static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value)
            ? value.ToString()
            : "";
}
