using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Appliance.Sources.Packages.Manifests;

namespace Appliance.Build.Packages.Database;

/// <summary>Messages of a package as pkg keeps them: a JSON array (pkg_message_to_str of libpkg/pkg.c).</summary>
internal static class MessageText
{
    private static readonly JsonSerializerOptions Compact = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The text, or null for a package without messages.</summary>
    public static string? Of(IReadOnlyList<PackageMessage> messages)
    {
        if (messages.Count == 0)
        {
            return null;
        }

        var array = new JsonArray();
        foreach (var message in messages)
        {
            var item = new JsonObject { ["message"] = message.Text.Trim() };
            if (message.Kind != PackageMessageKind.Always)
            {
                item["type"] = message.Kind.ToString().ToLowerInvariant();
            }

            if (message.MaximumVersion is { } maximum)
            {
                item["maximum_version"] = maximum;
            }

            if (message.MinimumVersion is { } minimum)
            {
                item["minimum_version"] = minimum;
            }

            array.Add((JsonNode)item);
        }

        return array.ToJsonString(Compact);
    }
}
