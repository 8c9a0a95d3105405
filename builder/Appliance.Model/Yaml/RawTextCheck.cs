using Appliance.Model.Reports;

namespace Appliance.Model.Yaml;

/// <summary>What is checked before a parser sees the text: size, tabs as indentation, control characters.</summary>
internal static class RawTextCheck
{
    public static bool Passes(SourceText source, Report report)
    {
        if (source.Text.Length > YamlLimits.Size)
        {
            report.Add(
                FindingCatalogue.FileTooLarge,
                new SourceLocation(source.File, "$", SourceSpan.Start),
                $"the text has more than {YamlLimits.Size} characters"
            );
            return false;
        }

        var isClean = true;
        for (var i = 0; i < source.Lines.Count; i++)
        {
            isClean &= LinePasses(source, i, report);
        }

        return isClean;
    }

    private static bool LinePasses(SourceText source, int index, Report report)
    {
        var line = source.Lines[index];
        var tab = line.AsSpan().IndexOfAnyExcept(' ');
        if (tab >= 0 && line[tab] == '\t' && !string.IsNullOrWhiteSpace(line))
        {
            report.Add(
                FindingCatalogue.TabInIndentation,
                At(source, index, tab),
                "the line is indented with a tab",
                "use spaces; two per level is usual"
            );
            return false;
        }

        for (var column = 0; column < line.Length; column++)
        {
            if (IsRefused(line, column))
            {
                report.Add(
                    FindingCatalogue.ControlCharacter,
                    At(source, index, column),
                    $"the character U+{(int)line[column]:X4} stands here"
                );
                return false;
            }
        }

        return true;
    }

    // Also those that reverse the direction of writing: what the eye sees is then not what the file says.
    private static bool IsRefused(string line, int column)
    {
        var c = line[column];
        if (char.IsSurrogate(c))
        {
            var isPair = char.IsHighSurrogate(c)
                ? column + 1 < line.Length && char.IsLowSurrogate(line[column + 1])
                : column > 0 && char.IsHighSurrogate(line[column - 1]);
            return !isPair;
        }

        return (char.IsControl(c) && c != '\t')
            || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\ufeff';
    }

    private static SourceLocation At(SourceText source, int index, int column) =>
        new(source.File, "$", new SourceSpan(index + 1, column + 1, index + 1, column + 2));
}
