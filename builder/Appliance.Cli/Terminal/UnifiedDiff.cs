using System.Globalization;
using System.Text;

namespace Appliance.Cli.Terminal;

/// <summary>Compares two texts line by line, in the format of diff -u with three lines of context.</summary>
public static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>The differences, or "" when there are none.</summary>
    public static string Between(string before, string after, string name)
    {
        if (before == after)
        {
            return "";
        }

        var edits = Edits(Lines(before), Lines(after));
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"--- {name} (before)\n+++ {name}\n");
        foreach (var (first, end) in Hunks(edits))
        {
            AppendHunk(text, edits, first, end);
        }

        return text.ToString();
    }

    private readonly record struct Edit(char Sign, string Line, int Before, int After);

    private static string[] Lines(string text) =>
        text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');

    /// <summary>The shortest edit script by the table of longest common subsequences: files here have hundreds of lines.</summary>
    private static List<Edit> Edits(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] =
                    before[i] == after[j]
                        ? common[i + 1, j + 1] + 1
                        : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var edits = new List<Edit>();
        int b = 0,
            a = 0;
        while (b < before.Length || a < after.Length)
        {
            if (b < before.Length && a < after.Length && before[b] == after[a])
            {
                edits.Add(new Edit(' ', before[b], b++, a++));
            }
            else if (
                b < before.Length
                && (a == after.Length || common[b + 1, a] >= common[b, a + 1])
            )
            {
                edits.Add(new Edit('-', before[b], b++, a));
            }
            else
            {
                edits.Add(new Edit('+', after[a], b, a++));
            }
        }

        return edits;
    }

    /// <summary>Ranges of edits: changes whose contexts touch are shown together.</summary>
    private static IEnumerable<(int First, int End)> Hunks(List<Edit> edits)
    {
        var first = -1;
        var lastChange = -1;
        for (var i = 0; i < edits.Count; i++)
        {
            if (edits[i].Sign == ' ')
            {
                continue;
            }

            if (first >= 0 && i - lastChange > 2 * Context)
            {
                yield return (first, Math.Min(edits.Count, lastChange + Context + 1));
                first = -1;
            }

            first = first < 0 ? Math.Max(0, i - Context) : first;
            lastChange = i;
        }

        if (first >= 0)
        {
            yield return (first, Math.Min(edits.Count, lastChange + Context + 1));
        }
    }

    private static void AppendHunk(StringBuilder text, List<Edit> edits, int first, int end)
    {
        var hunk = edits[first..end];
        var before = hunk.Count(edit => edit.Sign != '+');
        var after = hunk.Count(edit => edit.Sign != '-');
        text.Append(
            CultureInfo.InvariantCulture,
            $"@@ -{Start(hunk[0].Before, before)},{before} +{Start(hunk[0].After, after)},{after} @@\n"
        );
        foreach (var edit in hunk)
        {
            text.Append(edit.Sign).Append(edit.Line).Append('\n');
        }
    }

    /// <summary>Lines count from 1, but an empty range names the line before it.</summary>
    private static int Start(int index, int count) => count == 0 ? index : index + 1;
}
