using Appliance.Model.Networks;
using Appliance.Model.Profiles;
using Appliance.Model.Reports;

namespace Appliance.Model.Tests;

/// <summary>
/// A line of one of the tables of wrong files: which good text, the code of the one finding, and the edits.
/// </summary>
internal sealed record WrongFile(string Base, string Code, IReadOnlyList<string> Edits)
{
    private const char Mark = '»';

    /// <summary>The lines of a table beside this file, without comments.</summary>
    public static IEnumerable<string> Table(string name) =>
        File.ReadLines(Path.Combine(ShippedFiles.Tests, name))
            .Where(line => line.Length > 0 && line[0] != '#');

    public static WrongFile Parse(string line)
    {
        var parts = line.Replace("{KEY}", Samples.Key, StringComparison.Ordinal)
            .Replace('⏎', '\n')
            .Replace('→', '\t')
            .Replace('␇', '\u0007')
            .Replace('␖', '\u202e')
            .Split('¦');
        var fields = parts.Select((part, i) => Trim(part, i, parts.Length)).ToList();
        Assert.True(fields.Count >= 4 && fields.Count % 2 == 0, line);
        return new WrongFile(fields[0], fields[1], fields[2..]);
    }

    /// <summary>The text from which the wrong one is made.</summary>
    public string Good =>
        Base switch
        {
            "lab" => Samples.Lab,
            "public" => Samples.Public,
            "profile" => Samples.Profile,
            _ => throw new ArgumentException(Base),
        };

    /// <summary>The wrong text, and where its finding belongs.</summary>
    public (string Text, int Line, int Column) Wrong()
    {
        var text = Good;
        for (var i = 0; i < Edits.Count; i += 2)
        {
            Assert.Equal(2, text.Split(Edits[i]).Length);
            text = text.Replace(Edits[i], Edits[i + 1], StringComparison.Ordinal);
        }

        var at = text.IndexOf(Mark, StringComparison.Ordinal);
        Assert.True(at >= 0, "no mark");
        var before = text[..at];
        var line = before.Count(c => c == '\n') + 1;
        return (before + text[(at + 1)..], line, at - before.LastIndexOf('\n'));
    }

    public Report Read(string text) =>
        Base == "profile"
            ? ProfileFile.Read(text, "p.yaml").Report
            : NetworkFile.Read(text, "n.yaml").Report;

    // One space on either side of the bar belongs to the table.
    private static string Trim(string part, int index, int count)
    {
        var start = index > 0 && part.StartsWith(' ') ? 1 : 0;
        var end = index < count - 1 && part.EndsWith(' ') && part.Length > start ? 1 : 0;
        return part[start..^end];
    }
}
