namespace Appliance.Model.Reports;

/// <summary>
/// The text of a file and the stretches of it that must not be shown. A line with a hidden stretch is shown up
/// to that stretch, then "****", so that not even the length of a secret comes out.
/// </summary>
public sealed class SourceText
{
    private const string Mask = "****";

    private readonly string[] lines;
    private readonly Dictionary<int, int> hiddenFrom = [];

    public SourceText(string file, string text)
    {
        File = file;
        Text = text;
        lines = text.ReplaceLineEndings("\n").Split('\n');
        foreach (var span in SecretSpans.Find(lines))
        {
            Hide(span);
        }
    }

    /// <summary>The name by which findings call the file.</summary>
    public string File { get; }

    public string Text { get; }

    /// <summary>The lines without their ends.</summary>
    public IReadOnlyList<string> Lines => lines;

    /// <summary>Never show this stretch, nor what follows it on its lines.</summary>
    public void Hide(SourceSpan span)
    {
        HideFrom(span.Line, span.Column);
        for (var line = span.Line + 1; line <= Math.Min(span.EndLine, lines.Length); line++)
        {
            HideFrom(line, 1);
        }
    }

    /// <summary>
    /// Up to <paramref name="length"/> characters of a line from <paramref name="start"/> on, as they may be shown:
    /// hidden stretches masked, control characters replaced. Null if there is no such line.
    /// </summary>
    public string? VisibleLine(int number, int start = 0, int length = int.MaxValue)
    {
        if (number < 1 || number > lines.Length)
        {
            return null;
        }

        var line = lines[number - 1];
        var isHidden = hiddenFrom.TryGetValue(number, out var column) && column <= line.Length;
        var end = isHidden ? column - 1 : line.Length;
        start = Math.Min(start, end);
        var shown = line.AsSpan(start, Math.Min(length, end - start)).ToArray();
        for (var i = 0; i < shown.Length; i++)
        {
            shown[i] = ForTerminal(shown[i]);
        }

        return new string(shown) + (isHidden && start + shown.Length == end ? Mask : "");
    }

    // A file must not be able to send escape sequences to the terminal of whoever checks it.
    private static char ForTerminal(char c) =>
        c switch
        {
            '\t' => ' ',
            '\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') => '\ufffd',
            _ => char.IsControl(c) ? '\ufffd' : c,
        };

    private void HideFrom(int line, int column)
    {
        if (!hiddenFrom.TryGetValue(line, out var known) || column < known)
        {
            hiddenFrom[line] = column;
        }
    }
}
