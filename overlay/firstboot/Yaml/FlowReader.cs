using System.Globalization;
using System.Text;

namespace Appliance.FirstBoot.Yaml;

/// <summary>Collections in brackets and braces, and quoted scalars: JSON, and YAML's own additions to it.</summary>
internal sealed class FlowReader(YamlLines lines, YamlAnchors anchors)
{
    private readonly string text = lines.Text;
    private int position;
    private int line;

    /// <summary>The value at the position of the lines, which afterwards is behind it.</summary>
    public YamlNode Read(int depth)
    {
        position = lines.Position;
        line = lines.Number;
        var node = ReadNode(depth);
        lines.MoveTo(position);
        return node;
    }

    /// <summary>Length of the quoted scalar at the beginning of a line, −1 when it does not end there.</summary>
    public static int QuotedLength(ReadOnlySpan<char> rest)
    {
        for (var index = 1; index < rest.Length; index++)
        {
            if (rest[index] == '\\' && rest[0] == '"')
            {
                index++;
            }
            else if (rest[index] == rest[0])
            {
                if (rest[0] == '\'' && index + 1 < rest.Length && rest[index + 1] == '\'')
                {
                    index++;
                }
                else
                {
                    return index + 1;
                }
            }
        }

        return -1;
    }

    private YamlNode ReadNode(int depth)
    {
        if (depth > YamlReader.MaximumDepth)
        {
            throw Error($"more than {YamlReader.MaximumDepth} levels");
        }

        return Peek() switch
        {
            '{' => ReadMapping(depth + 1),
            '[' => ReadSequence(depth + 1),
            '"' => ReadDouble(),
            '\'' => ReadSingle(),
            '&' => ReadAnchored(depth),
            '*' => anchors.Find(ReadName(), line, depth),
            _ => ReadPlain(),
        };
    }

    private YamlNode ReadAnchored(int depth)
    {
        var name = ReadName();
        var node = Ahead() switch
        {
            ',' or ']' or '}' => new YamlScalar("", IsPlain: true, line),
            '&' or '*' => throw Error("no value begins like this"),
            _ => ReadNode(depth),
        };
        anchors.Add(name, node);
        return node;
    }

    /// <summary>The name of an anchor or alias, which the position is behind afterwards.</summary>
    private string ReadName()
    {
        var length = YamlAnchors.Length(text.AsSpan(position), line);
        position += length;
        return text[(position - length + 1)..position];
    }

    private YamlSequence ReadSequence(int depth)
    {
        var start = line;
        var nodes = new List<YamlNode>();
        position++;
        while (Ahead() != ']')
        {
            nodes.Add(ReadNode(depth));
            EndItem(']');
        }

        position++;
        return new YamlSequence(nodes, start);
    }

    private YamlMapping ReadMapping(int depth)
    {
        var mapping = new MappingBuilder(line);
        position++;
        while (Ahead() != '}')
        {
            var key = ReadNode(depth) as YamlScalar ?? throw Error("a key is a scalar");
            mapping.Claim(key.Value, line);

            if (Ahead() != ':')
            {
                throw Error("a colon is expected after a key");
            }

            position++;
            var value = Ahead() is ',' or '}'
                ? new YamlScalar("", IsPlain: true, line)
                : ReadNode(depth);
            mapping.Add(key.Value, key.IsPlain, value);
            EndItem('}');
        }

        position++;
        return mapping.Build();
    }

    private void EndItem(char closing)
    {
        var next = Ahead();
        if (next == ',')
        {
            position++;
        }
        else if (next != closing)
        {
            throw Error($"',' or '{closing}' is expected here");
        }
    }

    private YamlScalar ReadPlain()
    {
        var start = position;
        PlainScalar.Refuse(text.AsSpan(position, Math.Min(2, text.Length - position)), line);
        while (position < text.Length && !EndsPlain(text[position]))
        {
            position++;
        }

        var value = text[start..position].TrimEnd([' ', '\t', '\r']);
        return value.Length > 0
            ? new YamlScalar(value, IsPlain: true, line)
            : throw Error("a value is expected here");
    }

    private bool EndsPlain(char letter) =>
        letter switch
        {
            ',' or '[' or ']' or '{' or '}' or '\n' => true,
            ':' => position + 1 == text.Length
                || text[position + 1] is ' ' or '\t' or '\n' or '\r' or ',' or ']' or '}',
            '#' => text[position - 1] is ' ' or '\t',
            _ => false,
        };

    private YamlScalar ReadSingle()
    {
        var start = line;
        var value = new StringBuilder();
        for (position++; Peek() != '\'' || Following() == '\''; position++)
        {
            if (Peek() == '\'')
            {
                position++;
            }

            Add(value, text[position]);
        }

        position++;
        return new YamlScalar(value.ToString(), IsPlain: false, start);
    }

    private YamlScalar ReadDouble()
    {
        var start = line;
        var value = new StringBuilder();
        for (position++; Peek() != '"'; position++)
        {
            if (Peek() != '\\')
            {
                Add(value, text[position]);
                continue;
            }

            position++;
            if (Peek() == '\n')
            {
                throw Error("a line cannot end in '\\' here");
            }

            value.Append(ReadEscape());
        }

        position++;
        return new YamlScalar(value.ToString(), IsPlain: false, start);
    }

    /// <summary>A line end in a quoted scalar is a blank, and the blanks around it do not count.</summary>
    private void Add(StringBuilder value, char letter)
    {
        if (letter != '\n')
        {
            value.Append(letter);
            return;
        }

        line++;
        while (value.Length > 0 && value[^1] is ' ' or '\t' or '\r')
        {
            value.Length--;
        }

        value.Append(' ');
        while (position + 1 < text.Length && text[position + 1] is ' ' or '\t')
        {
            position++;
        }
    }

    private char ReadEscape() =>
        text[position] switch
        {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\b',
            'f' => '\f',
            '0' => '\0',
            'e' => '\u001b',
            '"' or '\\' or '/' or ' ' => text[position],
            'x' => ReadCode(2),
            'u' => ReadCode(4),
            _ => throw Error("there is no such escape"),
        };

    private char ReadCode(int digits)
    {
        var isCode = ushort.TryParse(
            text.AsSpan(position + 1, Math.Min(digits, text.Length - position - 1)),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out var code
        );
        if (!isCode || position + digits >= text.Length)
        {
            throw Error("there is no such escape");
        }

        position += digits;
        return (char)code;
    }

    /// <summary>The next character that is no blank and no comment.</summary>
    private char Ahead()
    {
        while (true)
        {
            var letter = Peek();
            if (letter == '\n')
            {
                line++;
            }
            else if (letter == '#' && text[position - 1] is ' ' or '\t' or '\n')
            {
                var end = text.IndexOf('\n', position);
                position = end < 0 ? text.Length : end;
                continue;
            }
            else if (letter is not (' ' or '\t' or '\r'))
            {
                return letter;
            }

            position++;
        }
    }

    private char Peek() =>
        position < text.Length ? text[position] : throw Error("the text ends inside of a value");

    private char Following() => position + 1 < text.Length ? text[position + 1] : '\0';

    private YamlException Error(string problem) => YamlException.At(line, problem);
}
