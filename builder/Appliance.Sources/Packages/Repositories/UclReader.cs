using System.Text;
using Appliance.Sources.Archives;

namespace Appliance.Sources.Packages.Repositories;

/// <summary>A value of a UCL document: a text, or named values.</summary>
internal sealed record UclValue(string? Text, IReadOnlyList<KeyValuePair<string, UclValue>> Members)
{
    /// <summary>The text of the last member of this name, whatever its case; null where there is none.</summary>
    public string? Find(string key) =>
        Members
            .LastOrDefault(member => member.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
            .Value?.Text;

    /// <summary>All objects under a name: one, several of the same name, or those of an array.</summary>
    public IEnumerable<UclValue> Objects(string key) =>
        Members
            .Where(member => member.Key.Equals(key, StringComparison.OrdinalIgnoreCase))
            .SelectMany(member =>
                member.Value.Members.Any(inner => inner.Key.Length == 0)
                    ? member.Value.Members.Select(inner => inner.Value)
                    : [member.Value]
            );
}

/// <summary>
/// Reads what pkg writes in UCL: <c>meta.conf</c> and fingerprints. These are pairs, objects, arrays, quoted and bare texts,
/// heredocs and comments; JSON is a part of that. Macros, variables and units are not read: pkg writes none.
/// </summary>
internal ref struct UclReader
{
    private const int MaximumDepth = 8;
    private readonly ReadOnlySpan<char> text;
    private int position;
    private int depth;

    private UclReader(ReadOnlySpan<char> text)
    {
        this.text = text;
    }

    private readonly bool IsAtEnd => position >= text.Length;

    private readonly char Current => IsAtEnd ? '\0' : text[position];

    /// <exception cref="ArchiveException">It is no UCL, or uses what is not read here.</exception>
    public static UclValue Read(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes);
        var reader = new UclReader(text);
        reader.SkipBlank(acrossLines: true);
        if (reader.Current == '{')
        {
            return reader.Object();
        }

        var members = reader.Pairs('\0');
        return new UclValue(null, members);
    }

    private List<KeyValuePair<string, UclValue>> Pairs(char end)
    {
        var members = new List<KeyValuePair<string, UclValue>>();
        while (true)
        {
            SkipSeparators();
            if (IsAtEnd || Current == end)
            {
                return IsAtEnd == (end == '\0') ? members : throw Wrong("it ends inside an object");
            }

            var key = Current is '"' or '\'' ? Quoted() : Word();
            SkipBlank(acrossLines: false);
            if (Current is '=' or ':')
            {
                position++;
            }

            SkipBlank(acrossLines: true);
            members.Add(new KeyValuePair<string, UclValue>(key, Value()));
        }
    }

    private UclValue Value() =>
        Current switch
        {
            '{' => Object(),
            '[' => Array(),
            '"' or '\'' => new UclValue(Quoted(), []),
            '<' when text[position..].StartsWith("<<") => new UclValue(Heredoc(), []),
            _ => new UclValue(Bare(), []),
        };

    private UclValue Object()
    {
        Enter();
        var members = Pairs('}');
        Leave();
        return new UclValue(null, members);
    }

    private UclValue Array()
    {
        Enter();
        var elements = new List<KeyValuePair<string, UclValue>>();
        for (SkipSeparators(); Current != ']'; SkipSeparators())
        {
            elements.Add(new KeyValuePair<string, UclValue>("", Value()));
        }

        Leave();
        return new UclValue(null, elements);
    }

    private void Enter()
    {
        position++;
        if (++depth > MaximumDepth)
        {
            throw Wrong("it is nested too deeply");
        }
    }

    private void Leave()
    {
        position++;
        depth--;
    }

    private string Quoted()
    {
        var quote = Current;
        var value = new StringBuilder();
        for (position++; Current != quote; position++)
        {
            if (IsAtEnd)
            {
                throw Wrong("a quoted text does not end");
            }

            if (Current == '\\' && quote == '"')
            {
                position++;
                value.Append(Escaped());
            }
            else
            {
                value.Append(Current);
            }
        }

        position++;
        return value.ToString();
    }

    private char Escaped()
    {
        if (Current != 'u')
        {
            return Current switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                '\0' => throw Wrong("a quoted text does not end"),
                var other => other,
            };
        }

        if (
            position + 4 < text.Length
            && ushort.TryParse(
                text.Slice(position + 1, 4),
                System.Globalization.NumberStyles.AllowHexSpecifier,
                null,
                out var code
            )
        )
        {
            position += 4;
            return (char)code;
        }

        throw Wrong("a quoted text has a damaged character");
    }

    /// <summary>A text without quotes; a colon inside it, as in an ABI, belongs to it.</summary>
    private string Bare()
    {
        var start = position;
        _ = Word();
        while (Current == ':' && position + 1 < text.Length && IsWord(text[position + 1]))
        {
            position++;
            _ = Word();
        }

        return text[start..position].ToString();
    }

    private string Word()
    {
        var start = position;
        while (!IsAtEnd && IsWord(Current))
        {
            position++;
        }

        return position > start
            ? text[start..position].ToString()
            : throw Wrong($"'{PackageNames.Shown(Current.ToString())}' is not expected here");
    }

    private static bool IsWord(char next) =>
        !char.IsWhiteSpace(next) && !"{}[]=:;,\"'#".Contains(next);

    /// <summary><c>&lt;&lt;EOD</c>, lines, and <c>EOD</c> on a line of its own.</summary>
    private string Heredoc()
    {
        position += 2;
        var line = text[position..].IndexOf('\n');
        var terminator = line < 0 ? default : text.Slice(position, line).Trim();
        if (terminator.IsEmpty)
        {
            throw Wrong("a heredoc has no name");
        }

        position += line + 1;
        var end = text[position..].IndexOf($"\n{terminator}");
        if (end < 0)
        {
            throw Wrong("a heredoc does not end");
        }

        var value = text.Slice(position, end).ToString();
        position += end + 1 + terminator.Length;
        return value;
    }

    private void SkipSeparators()
    {
        SkipBlank(acrossLines: true);
        while (Current is ';' or ',')
        {
            position++;
            SkipBlank(acrossLines: true);
        }
    }

    private void SkipBlank(bool acrossLines)
    {
        while (!IsAtEnd)
        {
            if (Current == '#')
            {
                var line = text[position..].IndexOf('\n');
                position = line < 0 ? text.Length : position + line;
            }
            else if (text[position..].StartsWith("/*"))
            {
                var end = text[position..].IndexOf("*/");
                position = end < 0 ? throw Wrong("a comment does not end") : position + end + 2;
            }
            else if (char.IsWhiteSpace(Current) && (acrossLines || Current != '\n'))
            {
                position++;
            }
            else
            {
                return;
            }
        }
    }

    private readonly ArchiveException Wrong(string what) =>
        new($"{what} (character {position} of the file)");
}
