using System.Text.RegularExpressions;

namespace Appliance.Verify.Processes;

/// <summary>Writes command lines that a POSIX shell reads back as the same arguments.</summary>
public static partial class ShellQuoting
{
    /// <summary>The words of a command, each quoted where it needs to be, separated by spaces.</summary>
    public static string Command(IEnumerable<string> words) => string.Join(' ', words.Select(Word));

    /// <summary>One word: unchanged if harmless, else in single quotes (POSIX.1-2024, Shell 2.2.2).</summary>
    public static string Word(string word) =>
        Harmless().IsMatch(word)
            ? word
            : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\A[A-Za-z0-9_@%+=:,./-]+\z")]
    private static partial Regex Harmless();
}
