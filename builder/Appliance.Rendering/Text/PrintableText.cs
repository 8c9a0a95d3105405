using System.Globalization;
using System.Text;

namespace Appliance.Rendering.Text;

/// <summary>
/// Foreign text as it may reach a terminal, a log or a report: control characters (C0, DEL, C1), Unicode's bidirectional
/// controls and line separators are written as \uXXXX. In a JSON string that is the same character still.
/// </summary>
public static class PrintableText
{
    /// <summary>Text of several lines: line feeds and tabs stay, and a carriage return before a line feed goes.</summary>
    public static string Lines(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Escape(text, singleLine: false);
    }

    /// <summary>One record of a log: a line feed is written as \n, so that nothing can forge a second one.</summary>
    public static string Line(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Escape(text, singleLine: true);
    }

    /// <summary>Whether a character must not be written as it is; line feeds and tabs may.</summary>
    public static bool IsUnsafe(char character) =>
        character is not ('\n' or '\t')
        && (
            char.IsControl(character)
            || character
                is '\u061c'
                    or '\u200e'
                    or '\u200f'
                    or (>= '\u2028' and <= '\u202e')
                    or (>= '\u2066' and <= '\u2069')
                    or '\ufeff'
                    or '\ufffe'
                    or '\uffff'
        );

    private static bool IsSuspect(char character) =>
        IsUnsafe(character) || char.IsSurrogate(character) || character == '\n';

    private static string Escape(string text, bool singleLine)
    {
        if (!text.Any(IsSuspect))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        for (var index = 0; index < text.Length; index++)
        {
            var next = index + 1 < text.Length ? text[index + 1] : '\0';
            switch (text[index])
            {
                case '\r' when next == '\n':
                    break;
                case '\n' when singleLine:
                    safe.Append("\\n");
                    break;
                case var character when char.IsSurrogatePair(character, next):
                    safe.Append(character).Append(next);
                    index++;
                    break;
                case var character when IsUnsafe(character) || char.IsSurrogate(character):
                    safe.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:x4}");
                    break;
                case var character:
                    safe.Append(character);
                    break;
            }
        }

        return safe.ToString();
    }
}
