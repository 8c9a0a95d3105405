namespace Appliance.FirstBoot.Yaml;

/// <summary>The text by lines, with the place where reading goes on.</summary>
internal sealed class YamlLines
{
    private readonly List<(int Start, int End)> lines = [];

    public YamlLines(string text)
    {
        Text = text.Length > 0 && text[0] == '\uFEFF' ? text[1..] : text;
        var start = 0;
        while (start <= Text.Length)
        {
            var end = Text.IndexOf('\n', start);
            end = end < 0 ? Text.Length : end;
            lines.Add((start, end > start && Text[end - 1] == '\r' ? end - 1 : end));
            start = end + 1;
        }
    }

    public string Text { get; }

    /// <summary>Number of the current line, from 1.</summary>
    public int Number => Current + 1;

    /// <summary>Index of the current line.</summary>
    public int Current { get; private set; }

    /// <summary>Where reading goes on in the current line; what is before counts as indentation.</summary>
    public int Position { get; set; }

    public bool AtEnd => Current >= lines.Count;

    /// <summary>Columns before <see cref="Position"/>.</summary>
    public int Column => Position - lines[Current].Start;

    /// <summary>What is left of the current line.</summary>
    public ReadOnlySpan<char> Rest => Text.AsSpan(Position, lines[Current].End - Position);

    public int LineEnd => lines[Current].End;

    /// <summary>The whole of the current line.</summary>
    public ReadOnlySpan<char> Whole =>
        Text.AsSpan(lines[Current].Start, lines[Current].End - lines[Current].Start);

    /// <summary>To the beginning of the next line.</summary>
    public void Next()
    {
        Current++;
        Position = AtEnd ? Text.Length : lines[Current].Start;
    }

    /// <summary>Back to a place that <see cref="Current"/> and <see cref="Position"/> told.</summary>
    public void Return(int line, int position) => (Current, Position) = (line, position);

    /// <summary>To the line that holds a place in the text, after a flow collection.</summary>
    public void MoveTo(int position)
    {
        while (!AtEnd && position > lines[Current].End)
        {
            Current++;
        }

        Position = position;
    }

    /// <summary>
    /// To the next content, at its first character; false at the end of the document. "---" inside is refused
    /// by the caller's sight of it: a second document is never silently dropped.
    /// </summary>
    public bool ToContent()
    {
        while (!AtEnd)
        {
            var blanks = Rest.Length - Rest.TrimStart(' ').Length;
            var rest = Rest[blanks..];
            if (rest.TrimStart([' ', '\t']) is not (['#', ..] or []))
            {
                if (rest[0] == '\t')
                {
                    throw YamlException.At(Number, "a tab cannot indent");
                }

                if (Column + blanks == 0 && IsMarker(rest, "..."))
                {
                    Current = lines.Count;
                    return false;
                }

                if (Column + blanks == 0 && IsMarker(rest, "---"))
                {
                    throw YamlException.At(Number, "only one document is read");
                }

                Position += blanks;
                return true;
            }

            Next();
        }

        return false;
    }

    /// <summary>Over comments and one "---" at the beginning.</summary>
    public void SkipHeader()
    {
        for (; !AtEnd; Next())
        {
            if (IsMarker(Rest, "---"))
            {
                Position += 3;
                return;
            }

            if (Rest is ['%', ..])
            {
                throw YamlException.At(Number, "directives are not read");
            }

            if (Rest.Trim() is not (['#', ..] or []))
            {
                return;
            }
        }
    }

    private static bool IsMarker(ReadOnlySpan<char> line, string marker) =>
        line.StartsWith(marker, StringComparison.Ordinal)
        && (line.Length == marker.Length || line[marker.Length] is ' ' or '\t');
}
