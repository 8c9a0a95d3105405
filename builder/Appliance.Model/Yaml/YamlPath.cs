namespace Appliance.Model.Yaml;

/// <summary>Paths in the style of JSONPath: $.sites.router01.upstreams, with odd keys in brackets.</summary>
internal static class YamlPath
{
    private const int LongestKey = 40;

    public static string Below(string path, string key)
    {
        var isPlain =
            key.Length is > 0 and <= LongestKey
            && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        return isPlain ? $"{path}.{key}" : $"{path}[{Quoted.Text(key)}]";
    }
}
