using System.Text.Encodings.Web;
using System.Text.Json;

namespace Appliance.Build.Seeds;

/// <summary>Values as YAML has them.</summary>
internal static class YamlText
{
    /// <summary>Strings of JSON are strings of YAML; an escaped apostrophe would be right too, but nobody could read it.</summary>
    public static string Quoted(string value) =>
        $"\"{JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
