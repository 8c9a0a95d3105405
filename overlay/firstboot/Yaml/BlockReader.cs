namespace Appliance.FirstBoot.Yaml;

/// <summary>Collections that are told by their indentation.</summary>
internal sealed class BlockReader(YamlLines lines)
{
    private readonly FlowReader flow = new(lines);
    private int depth;

    public YamlNode ReadDocument()
    {
        if (!lines.ToContent())
        {
            return new YamlScalar("", IsPlain: true, 1);
        }

        var node = ReadNode(lines.Column, parent: -1);
        if (lines.ToContent())
        {
            throw YamlException.At(
                lines.Number,
                "this line is indented less than what it continues"
            );
        }

        return node;
    }

    /// <summary>The node at the current position, which stands at a column.</summary>
    private YamlNode ReadNode(int column, int parent)
    {
        if (++depth > YamlReader.MaximumDepth)
        {
            throw YamlException.At(lines.Number, $"more than {YamlReader.MaximumDepth} levels");
        }

        var node =
            IsItem(lines.Rest) ? ReadSequence(column)
            : FindKeyEnd() >= 0 ? ReadMapping(column)
            : ReadValue(parent);
        depth--;
        return node;
    }

    private YamlSequence ReadSequence(int column)
    {
        var start = lines.Number;
        var nodes = new List<YamlNode>();
        do
        {
            lines.Position++;
            nodes.Add(ReadItem(column));
        } while (Continues(column) && IsItem(lines.Rest));

        return new YamlSequence(nodes, start);
    }

    /// <summary>What follows "-": on the same line, where its column counts as indentation, or below.</summary>
    private YamlNode ReadItem(int column)
    {
        SkipBlanks();
        if (IsEmpty(lines.Rest))
        {
            return ReadBelow(column, column + 1);
        }

        return ReadNode(lines.Column, column);
    }

    private YamlMapping ReadMapping(int column)
    {
        var start = lines.Number;
        var entries = new List<(string, YamlNode)>();
        var keys = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var number = lines.Number;
            var end = FindKeyEnd();
            if (end < 0)
            {
                throw YamlException.At(number, "a key with a colon is expected here");
            }

            var key = ReadKey(end);
            if (!keys.Add(key))
            {
                throw YamlException.At(number, "this key occurs twice");
            }

            entries.Add((key, ReadEntryValue(column)));
        } while (Continues(column));

        return new YamlMapping(entries, start);
    }

    private YamlNode ReadEntryValue(int column)
    {
        SkipBlanks();
        if (!IsEmpty(lines.Rest))
        {
            return ReadValue(column);
        }

        return ReadBelow(column, column);
    }

    /// <summary>A node on the lines below; a sequence may stand at the column of its key.</summary>
    private YamlNode ReadBelow(int column, int sequenceColumn)
    {
        var number = lines.Number;
        lines.Next();
        if (!lines.ToContent())
        {
            return new YamlScalar("", IsPlain: true, number);
        }

        var isBelow =
            lines.Column > column || (lines.Column == sequenceColumn && IsItem(lines.Rest));
        if (!isBelow)
        {
            return new YamlScalar("", IsPlain: true, number);
        }

        return ReadNode(lines.Column, column);
    }

    /// <summary>A scalar or a flow collection; the position is at the next line afterwards.</summary>
    private YamlNode ReadValue(int parent)
    {
        var number = lines.Number;
        switch (lines.Rest[0])
        {
            case '|' or '>':
                return BlockScalar.Read(lines, parent);
            case '{' or '[' or '"' or '\'':
                var node = flow.Read(depth);
                SkipBlanks();
                if (!IsEmpty(lines.Rest))
                {
                    throw YamlException.At(lines.Number, "something follows the end of this value");
                }

                lines.Next();
                return node;
            default:
                PlainScalar.Refuse(lines.Rest, number);
                return PlainScalar.Read(lines, parent);
        }
    }

    /// <summary>True at content of the same column; false when it is indented less.</summary>
    private bool Continues(int column)
    {
        if (!lines.ToContent() || lines.Column < column)
        {
            return false;
        }

        return lines.Column == column
            ? true
            : throw YamlException.At(
                lines.Number,
                "this line is indented more than what it follows"
            );
    }

    /// <summary>Place of the colon that ends a key on this line, −1 when there is none.</summary>
    private int FindKeyEnd()
    {
        var rest = lines.Rest;
        if (rest is ['"' or '\'', ..])
        {
            var length = FlowReader.QuotedLength(rest);
            var after = length < 0 ? [] : rest[length..].TrimStart(' ');
            return after is [':'] or [':', ' ' or '\t', ..] ? lines.LineEnd - after.Length : -1;
        }

        return rest is ['{' or '[' or '|' or '>', ..] ? -1
            : PlainScalar.FindColon(rest) is >= 0 and var at ? lines.Position + at
            : -1;
    }

    private string ReadKey(int end)
    {
        var number = lines.Number;
        string key;
        if (lines.Rest[0] is '"' or '\'')
        {
            key = ((YamlScalar)flow.Read(depth)).Value;
        }
        else
        {
            PlainScalar.Refuse(lines.Rest, number);
            key = lines.Text[lines.Position..end].TrimEnd();
        }

        lines.Position = end + 1;
        return key;
    }

    private void SkipBlanks() =>
        lines.Position = lines.LineEnd - lines.Rest.TrimStart([' ', '\t']).Length;

    private static bool IsItem(ReadOnlySpan<char> rest) => rest is ['-'] or ['-', ' ' or '\t', ..];

    private static bool IsEmpty(ReadOnlySpan<char> rest) => rest is [] or ['#', ..];
}
