using System.Text;

namespace Appliance.FirstBoot.Yaml;

/// <summary>Scalars without quotes in block context.</summary>
internal static class PlainScalar
{
    /// <summary>What begins with an indicator that is not read here.</summary>
    public static void Refuse(ReadOnlySpan<char> rest, int line)
    {
        var problem = rest[0] switch
        {
            '&' or '*' => "an anchor or alias cannot be here",
            '!' => "tags are not read",
            '?' when rest.Length == 1 || rest[1] == ' ' => "keys are one line",
            '@' or '`' or '%' or ']' or '}' or ',' => "no value begins like this",
            _ => null,
        };
        if (problem is not null)
        {
            throw YamlException.At(line, problem);
        }
    }

    /// <summary>To the end of the line, and on over lines that are indented more than the parent.</summary>
    public static YamlScalar Read(YamlLines lines, int parent)
    {
        var number = lines.Number;
        var text = new StringBuilder();
        text.Append(OfLine(lines.Rest, lines.Number));
        var breaks = 0;
        for (lines.Next(); !lines.AtEnd; lines.Next())
        {
            var blanks = lines.Whole.Length - lines.Whole.TrimStart(' ').Length;
            var rest = lines.Whole[blanks..];
            if (rest.Trim([' ', '\t']).IsEmpty)
            {
                breaks++;
                continue;
            }

            if (blanks <= parent || rest.TrimStart([' ', '\t'])[0] == '#' || IsMarker(lines.Whole))
            {
                break;
            }

            text.Append(breaks == 0 ? " " : new string('\n', breaks))
                .Append(OfLine(rest.TrimStart([' ', '\t']), lines.Number));
            breaks = 0;
        }

        return new YamlScalar(text.ToString(), IsPlain: true, number);
    }

    /// <summary>Place of the first colon before a blank or the end, −1 when there is none before a comment.</summary>
    public static int FindColon(ReadOnlySpan<char> rest)
    {
        for (var index = 0; index < rest.Length; index++)
        {
            if (rest[index] == '#' && index > 0 && rest[index - 1] is ' ' or '\t')
            {
                return -1;
            }

            if (rest[index] == ':' && (index + 1 == rest.Length || rest[index + 1] is ' ' or '\t'))
            {
                return index;
            }
        }

        return -1;
    }

    private static string OfLine(ReadOnlySpan<char> rest, int line)
    {
        if (FindColon(rest) >= 0)
        {
            throw YamlException.At(line, "a mapping cannot begin here");
        }

        var end = 1;
        while (end < rest.Length && !(rest[end] == '#' && rest[end - 1] is ' ' or '\t'))
        {
            end++;
        }

        return rest[..Math.Min(end, rest.Length)].TrimEnd([' ', '\t']).ToString();
    }

    private static bool IsMarker(ReadOnlySpan<char> line) =>
        line.StartsWith("---", StringComparison.Ordinal)
        || line.StartsWith("...", StringComparison.Ordinal);
}
