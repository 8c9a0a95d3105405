using System.Text;

namespace Appliance.Verify.Console;

/// <summary>
/// Turns what a guest sends to a serial terminal into lines of text: UTF-8 decoded, escape sequences (ECMA-48) removed,
/// backspaces applied, a line overwritten after a carriage return replaced. Moving the cursor to another row ends a line.
/// </summary>
public sealed class ConsoleCleaner
{
    /// <summary>Longer lines are cut into pieces of this many characters, so that memory has a bound.</summary>
    public const int LongestLine = 1 << 20;

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder line = new();
    private readonly StringBuilder sequence = new();
    private State state;
    private bool returned;

    private enum State
    {
        Text,
        Escape,
        ControlSequence,
        StringSequence,
    }

    /// <summary>The line that has begun and has not ended.</summary>
    public string Unfinished => line.ToString();

    /// <summary>Takes the next bytes and returns the lines that they end.</summary>
    public IReadOnlyList<string> Add(ReadOnlySpan<byte> bytes)
    {
        var characters = new char[decoder.GetCharCount(bytes, flush: false)];
        decoder.GetChars(bytes, characters, flush: false);
        var lines = new List<string>();
        foreach (var character in characters)
        {
            Add(character, lines);
        }

        return lines;
    }

    private void Add(char character, List<string> lines)
    {
        switch (state)
        {
            case State.Text:
                AddText(character, lines);
                break;
            case State.Escape:
                state = character switch
                {
                    '[' => State.ControlSequence,
                    ']' or 'P' or 'X' or '^' or '_' => State.StringSequence,
                    >= ' ' and <= '/' => State.Escape,
                    _ => State.Text,
                };
                break;
            case State.ControlSequence:
                AddToSequence(character, lines);
                break;
            default:
                // OSC and its kin end with BEL or with ESC \.
                state =
                    character == '\a' ? State.Text
                    : character == '\e' ? State.Escape
                    : State.StringSequence;
                break;
        }
    }

    private void AddText(char character, List<string> lines)
    {
        switch (character)
        {
            case '\n':
                EndLine(lines);
                break;
            case '\r':
                returned = true;
                break;
            case '\b':
                line.Length = Math.Max(0, line.Length - 1);
                break;
            case '\e':
                state = State.Escape;
                sequence.Clear();
                break;
            case '\t' or >= ' ' and not '\x7f':
                Append(character, lines);
                break;
        }
    }

    private void Append(char character, List<string> lines)
    {
        if (returned)
        {
            line.Clear();
            returned = false;
        }

        line.Append(character);
        if (line.Length == LongestLine)
        {
            EndLine(lines);
        }
    }

    private void AddToSequence(char character, List<string> lines)
    {
        if (character is < '@' or > '~')
        {
            sequence.Append(character);
            // A sequence this long is noise, not a sequence.
            state = sequence.Length > 64 ? State.Text : state;
            return;
        }

        state = State.Text;
        if (character is 'H' or 'f' or 'A' or 'B' or 'E' or 'F' or 'd' && line.Length > 0)
        {
            EndLine(lines);
        }
    }

    private void EndLine(List<string> lines)
    {
        lines.Add(line.ToString().TrimEnd());
        line.Clear();
        returned = false;
    }
}
