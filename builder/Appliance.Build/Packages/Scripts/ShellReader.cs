namespace Appliance.Build.Packages.Scripts;

/// <summary>
/// Recognises what the ports tree, the base system's packages and careful people write into the install scripts of
/// packages. Nothing is guessed: a line that is not exactly of a known form is unknown, and so is then the script.
/// </summary>
internal static class ShellReader
{
    /// <summary>Reads a script of a package with this prefix (<c>PKG_PREFIX</c>), such as /usr/local.</summary>
    public static ScriptReading Read(string script, string prefix)
    {
        var text = ShellText.Normalise(script);
        var effects = new List<ScriptEffect>();
        var unknown = new List<string>();
        for (var at = 0; at < text.Length; )
        {
            at = ShellForms.TryRead(text, at, prefix, effects) ?? SkipLine(text, at, unknown);
        }

        return new ScriptReading(effects, unknown);
    }

    private static int SkipLine(string text, int at, List<string> unknown)
    {
        var end = text.IndexOf('\n', at);
        unknown.Add(text[at..end]);
        return end + 1;
    }
}
