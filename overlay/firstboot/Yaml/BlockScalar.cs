using System.Text;

namespace Appliance.FirstBoot.Yaml;

/// <summary>Literal ("|") and folded ("&gt;") scalars.</summary>
internal static class BlockScalar
{
    public static YamlScalar Read(YamlLines lines, int parent)
    {
        var number = lines.Number;
        var isFolded = lines.Rest[0] == '>';
        var (chomping, indentation) = ReadHeader(lines);
        lines.Next();
        var column =
            indentation > 0 ? Math.Max(parent, 0) + indentation : FirstColumn(lines, parent);
        var content = ReadLines(lines, column, parent);
        var text = isFolded ? Fold(content) : string.Concat(content.Select(line => line + "\n"));
        return new YamlScalar(Chomp(text, chomping), IsPlain: false, number);
    }

    private static (char Chomping, int Indentation) ReadHeader(YamlLines lines)
    {
        var (chomping, indentation) = (' ', 0);
        var rest = lines.Rest[1..];
        while (!rest.IsEmpty && rest[0] is not (' ' or '\t'))
        {
            switch (rest[0])
            {
                case '+' or '-' when chomping == ' ':
                    chomping = rest[0];
                    break;
                case >= '1' and <= '9' when indentation == 0:
                    indentation = rest[0] - '0';
                    break;
                default:
                    throw YamlException.At(lines.Number, "no block scalar begins like this");
            }

            rest = rest[1..];
        }

        return rest.TrimStart([' ', '\t']) is [] or ['#', ..]
            ? (chomping, indentation)
            : throw YamlException.At(lines.Number, "the text begins on the next line");
    }

    /// <summary>Column of the first line that is not blank, if it belongs to the scalar.</summary>
    private static int FirstColumn(YamlLines lines, int parent)
    {
        var (line, position) = (lines.Current, lines.Position);
        var column = parent + 1;
        for (; !lines.AtEnd; lines.Next())
        {
            var blanks = Blanks(lines.Whole);
            if (blanks < lines.Whole.Length)
            {
                column = Math.Max(column, blanks);
                break;
            }
        }

        lines.Return(line, position);
        return column;
    }

    private static List<string> ReadLines(YamlLines lines, int column, int parent)
    {
        var content = new List<string>();
        for (; !lines.AtEnd; lines.Next())
        {
            var whole = lines.Whole;
            var blanks = Blanks(whole);
            if (blanks == whole.Length)
            {
                content.Add(whole.Length > column ? whole[column..].ToString() : "");
            }
            else if (blanks < column)
            {
                break;
            }
            else
            {
                content.Add(whole[column..].ToString());
            }
        }

        if (!lines.AtEnd && Blanks(lines.Whole) > parent && lines.Whole.TrimStart(' ')[0] != '#')
        {
            throw YamlException.At(
                lines.Number,
                "this line is indented less than the text it continues"
            );
        }

        return content;
    }

    /// <summary>Single line ends become blanks, empty lines line ends; lines that begin with a blank stay as they are.</summary>
    private static string Fold(List<string> content)
    {
        var text = new StringBuilder();
        var last = content.FindLastIndex(line => line.Length > 0);
        for (var index = 0; index < content.Count; index++)
        {
            text.Append(content[index]);
            var keeps =
                index >= last
                || content[index].Length == 0
                || IsSpaced(content[index])
                || IsSpaced(content[index + 1]);
            var isBeforeEmpty = index < last && content[index + 1].Length == 0;
            if (keeps)
            {
                text.Append('\n');
            }
            else if (!isBeforeEmpty)
            {
                text.Append(' ');
            }
        }

        return text.ToString();
    }

    private static string Chomp(string text, char chomping)
    {
        if (chomping == '+')
        {
            return text;
        }

        var trimmed = text.TrimEnd('\n');
        return chomping == '-' || trimmed.Length == 0 ? trimmed : trimmed + "\n";
    }

    private static bool IsSpaced(string line) => line is [' ' or '\t', ..];

    private static int Blanks(ReadOnlySpan<char> line) => line.Length - line.TrimStart(' ').Length;
}
