using System.Globalization;
using System.Text;

namespace Appliance.Verify.Console;

/// <summary>
/// Turns what a guest sends to a serial terminal into lines of text: UTF-8 decoded, escape sequences (ECMA-48) removed,
/// backspaces applied, a line overwritten after a carriage return replaced. Moving the cursor to another row ends a line; rows are
/// counted as on a screen of 25, which is what SeaBIOS shows on the serial port.
/// </summary>
public sealed class ConsoleCleaner
{
    /// <summary>Longer lines are cut into pieces of this many characters, so that memory has a bound.</summary>
    public const int LongestLine = 1 << 20;

    private const int Rows = 25;

    /// <summary>A sequence this long is noise.</summary>
    private const int LongestSequence = 256;

    private readonly Decoder decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder line = new();
    private readonly StringBuilder sequence = new();
    private State state;
    private bool returned;
    private int row = 1;
    private int column;

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
        if (state == State.Text)
        {
            AddText(character, lines);
        }
        else if (character == '\n' || sequence.Length == LongestSequence)
        {
            // Whatever this was meant to be, the text after it matters more.
            state = State.Text;
            AddText(character, lines);
        }
        else
        {
            sequence.Append(character);
            AddToSequence(character, lines);
        }
    }

    private void AddText(char character, List<string> lines)
    {
        switch (character)
        {
            case '\n':
                EndLine(lines);
                row = Math.Min(row + 1, Rows);
                break;
            case '\r':
                returned = true;
                break;
            case '\b':
                line.Length = Math.Max(0, Math.Min(line.Length, column) - 1);
                column = line.Length;
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
            column = 0;
        }

        if (column < line.Length)
        {
            line[column] = character;
        }
        else
        {
            line.Append(character);
        }

        column++;
        if (line.Length == LongestLine)
        {
            EndLine(lines);
        }
    }

    private void AddToSequence(char character, List<string> lines) =>
        state = state switch
        {
            State.Escape => character switch
            {
                '[' => State.ControlSequence,
                ']' or 'P' or 'X' or '^' or '_' => State.StringSequence,
                >= ' ' and <= '/' => State.Escape,
                'c' => Reset(),
                _ => State.Text,
            },
            State.ControlSequence when character is >= '@' and <= '~' => Control(character, lines),
            // OSC and its kin end with BEL or with ESC \.
            State.StringSequence when character == '\a' => State.Text,
            State.StringSequence when character == '\e' => State.Escape,
            State.Text or State.ControlSequence or State.StringSequence => state,
        };

    private State Reset()
    {
        row = 1;
        return State.Text;
    }

    private State Control(char final, List<string> lines)
    {
        if (final is 'H' or 'f')
        {
            MoveTo(sequence.ToString(1, sequence.Length - 2).Split(';'), lines);
        }
        else if (final is 'A' or 'B' or 'E' or 'F' or 'd' && line.Length > 0)
        {
            EndLine(lines);
        }

        return State.Text;
    }

    /// <summary>Parameters: row and column, from 1; what is missing is 1.</summary>
    private void MoveTo(string[] parameters, List<string> lines)
    {
        var targetRow = Parameter(parameters, 0);
        var targetColumn = Parameter(parameters, 1);
        if (targetRow == row && targetColumn > 1 && targetColumn <= line.Length + 1)
        {
            column = targetColumn - 1;
        }
        else if (line.Length > 0)
        {
            EndLine(lines);
        }

        row = targetRow;
    }

    private static int Parameter(string[] parameters, int index) =>
        index < parameters.Length
        && int.TryParse(parameters[index], CultureInfo.InvariantCulture, out var value)
            ? value
            : 1;

    private void EndLine(List<string> lines)
    {
        lines.Add(line.ToString().TrimEnd());
        line.Clear();
        returned = false;
        column = 0;
    }
}
