namespace Appliance.FirstBoot.Kernel;

/// <summary>
/// Reads lists of name=value: <c>sysctl -e</c>, kenv(1) with its quotes, sysctl.conf(5) and rc.conf(5) as
/// the templates write them.
/// </summary>
internal static class SettingListParser
{
    public static IReadOnlyDictionary<string, string> Parse(string text)
    {
        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
        {
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : line[..equals].Trim();
            if (name.Length > 0 && !name.Contains(' ', StringComparison.Ordinal) && name[0] != '#')
            {
                settings[name] = Value(line[(equals + 1)..].Trim());
            }
        }

        return settings;
    }

    /// <summary>What stands in quotes, or everything up to a comment.</summary>
    private static string Value(string text)
    {
        if (text.Length > 1 && text[0] is '"' or '\'')
        {
            var end = text.IndexOf(text[0], 1);
            return end > 0 ? text[1..end] : text;
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }
}
