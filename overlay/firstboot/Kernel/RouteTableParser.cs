using System.Text.Json;

namespace Appliance.FirstBoot.Kernel;

/// <summary>Reads <c>netstat --libxo json -rn</c>.</summary>
internal static class RouteTableParser
{
    /// <exception cref="FirstBootException">Not the JSON that netstat writes.</exception>
    public static IReadOnlyList<RouteEntry> Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return
            [
                .. Xo.Elements(
                        document.RootElement,
                        "statistics",
                        "route-information",
                        "route-table",
                        "rt-family"
                    )
                    .SelectMany(ParseFamily),
            ];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new FirstBootException(
                $"netstat's routes cannot be read: {exception.Message}",
                exception
            );
        }
    }

    private static IEnumerable<RouteEntry> ParseFamily(JsonElement family)
    {
        var anywhere = Xo.Text(family, "address-family") == "Internet6" ? "::/0" : "0.0.0.0/0";
        foreach (var entry in Xo.Elements(family, "rt-entry"))
        {
            var text = Xo.Text(entry, "destination");
            if (Cidr.TryParse(text == "default" ? anywhere : text, out var destination))
            {
                yield return new RouteEntry(
                    destination,
                    Xo.Text(entry, "gateway"),
                    Xo.Text(entry, "flags"),
                    Xo.Text(entry, "interface-name")
                );
            }
        }
    }
}
