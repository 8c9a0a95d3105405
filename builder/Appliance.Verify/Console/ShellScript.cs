using System.Text;

namespace Appliance.Verify.Console;

/// <summary>
/// Writes commands so that they reach a shell through a terminal: no line is longer than a terminal must accept, and the markers
/// that frame the output differ from what the terminal echoes.
/// </summary>
public static class ShellScript
{
    /// <summary>Bytes of a line; POSIX promises 255 (MAX_CANON).</summary>
    public const int LongestLine = 200;

    /// <summary>The first line: no line editor, no echo, no prompts, the usual search path.</summary>
    public static string Setup(int number) =>
        "set +o emacs +o vi; stty -echo; PS1= PS2=; PATH=/sbin:/bin:/usr/sbin:/usr/bin; "
        + FormattableString.Invariant($"echo; echo {Broken("READY")}-{number}\n");

    /// <summary>The line that answers <see cref="Setup"/>.</summary>
    public static string Ready(int number) =>
        FormattableString.Invariant($"APPLIANCE-READY-{number}");

    /// <summary>The line before a command's output.</summary>
    public static string Begin(int number) =>
        FormattableString.Invariant($"APPLIANCE-BEGIN-{number}");

    /// <summary>Stands before the exit status after a command's output.</summary>
    public static string End(int number) => FormattableString.Invariant($"APPLIANCE-END-{number} ");

    /// <summary>Lines to be typed for a command.</summary>
    /// <param name="command">May have several lines; control characters other than LF and TAB cannot be typed.</param>
    /// <exception cref="ArgumentException">It holds such a character.</exception>
    public static IReadOnlyList<string> Lines(string command, int number)
    {
        if (command.Any(character => char.IsControl(character) && character is not ('\n' or '\t')))
        {
            throw new ArgumentException(
                "a terminal would swallow the control characters",
                nameof(command)
            );
        }

        return
        [
            "appliance_c=\n",
            .. Pieces(command).Select(piece => $"appliance_c=$appliance_c'{piece}'\n"),
            FormattableString.Invariant($"echo; echo {Broken("BEGIN")}-{number}; ")
                + "(eval \"$appliance_c\") </dev/null 2>&1; appliance_s=$?; "
                + FormattableString.Invariant(
                    $"echo; echo {Broken("END")}-{number} $appliance_s\n"
                ),
        ];
    }

    /// <summary>Quotes in the middle keep the echoed command from looking like its output.</summary>
    private static string Broken(string word) => $"APPLI\"\"ANCE-{word}";

    /// <summary>The command in pieces that stand between single quotes; none is longer than a line may be.</summary>
    private static IEnumerable<string> Pieces(string command)
    {
        const int Frame = 40;
        var piece = new StringBuilder();
        var length = 0;
        foreach (var rune in command.EnumerateRunes())
        {
            var quoted = rune.Value == '\'' ? "'\\''" : rune.ToString();
            if (length + Encoding.UTF8.GetByteCount(quoted) > LongestLine - Frame)
            {
                yield return piece.ToString();
                piece.Clear();
                length = 0;
            }

            piece.Append(quoted);
            length += Encoding.UTF8.GetByteCount(quoted);
        }

        yield return piece.ToString();
    }
}
