using System.Text.Json;
using Appliance.Lab.Daemons;

namespace Appliance.Lab.Linux;

/// <summary>Reads <c>ip -json route show</c>.</summary>
internal static class LinuxRoutes
{
    /// <param name="text">What it printed; nothing when there is no route.</param>
    public static IEnumerable<KernelRoute> Read(string text, bool ipv6)
    {
        if (text.Length == 0)
        {
            return [];
        }

        using var json = JsonDocument.Parse(text);
        return
        [
            .. json
                .RootElement.EnumerateArray()
                .Select(route => new KernelRoute(
                    KernelRoute.Prefix(Text(route, "dst") ?? "", ipv6),
                    Text(route, "dev"),
                    Text(route, "gateway"),
                    Text(route, "protocol") ?? "",
                    Text(route, "type") == "blackhole"
                )),
        ];
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
