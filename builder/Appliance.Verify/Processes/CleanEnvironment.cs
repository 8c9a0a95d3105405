using System.Collections;

namespace Appliance.Verify.Processes;

/// <summary>
/// What a child process sees of the environment: the search path, the home and temporary folders, the C locale, and what
/// Windows itself cannot do without. Nothing else of the user's shell changes what a tool does.
/// </summary>
internal static class CleanEnvironment
{
    private static readonly string[] Kept =
    [
        "HOME",
        "TMPDIR",
        "TEMP",
        "TMP",
        "SystemRoot",
        "SystemDrive",
        "USERPROFILE",
        "LOCALAPPDATA",
    ];

    /// <summary>Changes to the inherited environment; null removes a variable.</summary>
    public static Dictionary<string, string?> Changes(
        HostTools tools,
        IReadOnlyDictionary<string, string> additions
    )
    {
        var changes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (!Kept.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                changes[name] = null;
            }
        }

        changes["PATH"] = tools.SearchPath;
        changes["LC_ALL"] = "C";
        foreach (var (name, value) in additions)
        {
            changes[name] = value;
        }

        return changes;
    }
}
