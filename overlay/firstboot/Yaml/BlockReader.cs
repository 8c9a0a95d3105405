namespace Appliance.FirstBoot.Yaml;

/// <summary>Collections that are told by their indentation.</summary>
internal sealed class BlockReader
{
    private readonly YamlLines lines;
    private readonly YamlAnchors anchors;
    private readonly FlowReader flow;
    private int depth;

    public BlockReader(YamlLines lines)
    {
        this.lines = lines;
        anchors = new YamlAnchors();
        flow = new FlowReader(lines, anchors);
    }

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
            // What follows an anchor may be a sequence only below it, and not at the column of its parent.
            : ReadValue(parent, parent + 1);
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
        var mapping = new MappingBuilder(lines.Number);
        do
        {
            var number = lines.Number;
            var end = FindKeyEnd();
            if (end < 0)
            {
                throw YamlException.At(number, "a key with a colon is expected here");
            }

            var key = ReadKey(end);
            mapping.Claim(key.Value, number);
            mapping.Add(key.Value, key.IsPlain, ReadEntryValue(column));
        } while (Continues(column));

        return mapping.Build();
    }

    private YamlNode ReadEntryValue(int column)
    {
        SkipBlanks();
        if (!IsEmpty(lines.Rest))
        {
            return ReadValue(column, column);
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
    private YamlNode ReadValue(int parent, int sequenceColumn)
    {
        var number = lines.Number;
        switch (lines.Rest[0])
        {
            case '&':
                return ReadAnchored(parent, sequenceColumn);
            case '*':
                var alias = anchors.Find(ReadName(), number, depth);
                EndLine();
                return alias;
            case '|' or '>':
                return BlockScalar.Read(lines, parent);
            case '{' or '[' or '"' or '\'':
                var node = flow.Read(depth);
                EndLine();
                return node;
            default:
                PlainScalar.Refuse(lines.Rest, number);
                return PlainScalar.Read(lines, parent);
        }
    }

    /// <summary>The node that an anchor names: behind it on its line, or below.</summary>
    private YamlNode ReadAnchored(int parent, int sequenceColumn)
    {
        var name = ReadName();
        SkipBlanks();
        if (IsItem(lines.Rest) || lines.Rest is ['&' or '*', ..])
        {
            throw YamlException.At(lines.Number, "no value begins like this");
        }

        var node = IsEmpty(lines.Rest)
            ? ReadBelow(parent, sequenceColumn)
            : ReadValue(parent, sequenceColumn);
        anchors.Add(name, node);
        return node;
    }

    /// <summary>The name of an anchor or alias, which the position is behind afterwards.</summary>
    private string ReadName()
    {
        var length = YamlAnchors.Length(lines.Rest, lines.Number);
        var name = lines.Rest[1..length].ToString();
        lines.Position += length;
        return name;
    }

    private void EndLine()
    {
        SkipBlanks();
        if (!IsEmpty(lines.Rest))
        {
            throw YamlException.At(lines.Number, "something follows the end of this value");
        }

        lines.Next();
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
        var rest = WithoutAnchor(lines.Rest);
        if (rest is ['"' or '\'', ..])
        {
            var length = FlowReader.QuotedLength(rest);
            var after = length < 0 ? [] : rest[length..].TrimStart([' ', '\t']);
            return after is [':'] or [':', ' ' or '\t', ..] ? lines.LineEnd - after.Length : -1;
        }

        return rest is ['{' or '[' or '|' or '>', ..] ? -1
            : PlainScalar.FindColon(rest) is >= 0 and var at ? lines.LineEnd - rest.Length + at
            : -1;
    }

    /// <summary>An anchor before a key on the same line names the key (YAML 1.2, example 7.3).</summary>
    private ReadOnlySpan<char> WithoutAnchor(ReadOnlySpan<char> rest) =>
        rest is ['&', ..]
            ? rest[YamlAnchors.Length(rest, lines.Number)..].TrimStart([' ', '\t'])
            : rest;

    private YamlScalar ReadKey(int end)
    {
        var number = lines.Number;
        var anchor = lines.Rest is ['&', ..] ? ReadName() : null;
        SkipBlanks();
        YamlScalar key;
        if (lines.Rest[0] is '"' or '\'')
        {
            key = (YamlScalar)flow.Read(depth);
        }
        else
        {
            PlainScalar.Refuse(lines.Rest, number);
            key = new YamlScalar(lines.Text[lines.Position..end].TrimEnd(), IsPlain: true, number);
        }

        if (anchor is not null)
        {
            anchors.Add(anchor, key);
        }

        lines.Position = end + 1;
        return key;
    }

    private void SkipBlanks() =>
        lines.Position = lines.LineEnd - lines.Rest.TrimStart([' ', '\t']).Length;

    private static bool IsItem(ReadOnlySpan<char> rest) => rest is ['-'] or ['-', ' ' or '\t', ..];

    private static bool IsEmpty(ReadOnlySpan<char> rest) => rest is [] or ['#', ..];
}
