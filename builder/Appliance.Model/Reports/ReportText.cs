using System.Globalization;
using System.Text;

namespace Appliance.Model.Reports;

/// <summary>
/// Writes a report for people:
/// <code>
/// error[NET021] network.yaml:14:11  $.sites.router01.interfaces.wan.gateway4: message
///   14 |     gateway4: 192.0.2.1
///      |               ^~~~~~~~~
///   hint: what to do
/// </code>
/// </summary>
public static class ReportText
{
    private const int WidestLine = 160;
    private const int NarrowestTerminal = 40;

    /// <summary>The columns of a source line before its text: "  14 | ".</summary>
    private const int Gutter = 7;

    private const string Red = "\u001b[1;31m";
    private const string Yellow = "\u001b[1;33m";
    private const string Green = "\u001b[32m";
    private const string Cyan = "\u001b[36m";
    private const string Normal = "\u001b[0m";

    public static string Render(Report report) => Render(report, ReportStyle.Plain);

    /// <summary>The same, wrapped and coloured for a terminal.</summary>
    public static string Render(Report report, ReportStyle style)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(style);
        var text = new StringBuilder();
        foreach (var finding in report.Findings)
        {
            AppendFinding(text, finding, report.Source(finding.File), style);
        }

        return text.ToString();
    }

    private static void AppendFinding(
        StringBuilder text,
        Finding finding,
        SourceText? source,
        ReportStyle style
    )
    {
        var (severity, colour) = finding.Severity switch
        {
            Severity.Error => ("error", Red),
            Severity.Warning => ("warning", Yellow),
            Severity.Notice => ("notice", Cyan),
        };
        AppendParagraph(
            text,
            $"{severity}[{finding.Code}]",
            string.Create(
                CultureInfo.InvariantCulture,
                $" {finding.File}:{finding.Line}:{finding.Column}  {finding.Path}: {finding.Message}"
            ),
            colour,
            style
        );
        AppendSource(text, finding, source, style);
        if (finding.Hint is not null)
        {
            AppendParagraph(text, "  hint:", " " + finding.Hint, Cyan, style);
        }
    }

    /// <summary>A coloured word and what follows it, continued on lines that are indented by four.</summary>
    private static void AppendParagraph(
        StringBuilder text,
        string word,
        string rest,
        string colour,
        ReportStyle style
    )
    {
        var lines = style.Width is { } width
            ? Wrapped(word + rest, Math.Max(NarrowestTerminal, width))
            : word + rest;
        text.Append(style.Colour ? $"{colour}{word}{Normal}{lines[word.Length..]}" : lines)
            .Append('\n');
    }

    private static string Wrapped(string paragraph, int width)
    {
        const string Indentation = "\n    ";
        var words = paragraph.TrimStart(' ');
        var text = new StringBuilder().Append(' ', paragraph.Length - words.Length);
        var column = text.Length;
        var isFirst = true;
        foreach (var word in words.Split(' '))
        {
            var breaks = !isFirst && column + 1 + word.Length > width;
            var before =
                isFirst ? ""
                : breaks ? Indentation
                : " ";
            text.Append(before).Append(word);
            column = (breaks ? Indentation.Length - 1 : column + before.Length) + word.Length;
            isFirst = false;
        }

        return text.ToString();
    }

    private static void AppendSource(
        StringBuilder text,
        Finding finding,
        SourceText? source,
        ReportStyle style
    )
    {
        // Of a very long line the stretch around the finding is shown.
        var widest = style.Width is { } width
            ? Math.Clamp(width - Gutter, NarrowestTerminal - Gutter, WidestLine)
            : WidestLine;
        var end = finding.Column - 1 + Math.Min(finding.Length, widest / 2);
        var start = end > widest ? Math.Max(0, finding.Column - 1 - (widest / 2)) : 0;
        var shown = source?.VisibleLine(finding.Line, start, widest);
        if (string.IsNullOrWhiteSpace(shown))
        {
            return;
        }

        var caret = Math.Clamp(finding.Column - 1 - start, 0, shown.Length);
        var tildes = Math.Clamp(finding.Length - 1, 0, Math.Max(0, shown.Length - caret - 1));
        var number = finding.Line.ToString(CultureInfo.InvariantCulture).PadLeft(4);
        text.Append(CultureInfo.InvariantCulture, $"{number} | {shown}\n");
        text.Append(' ', number.Length).Append(" | ").Append(' ', caret);
        text.Append(style.Colour ? Green : "").Append('^').Append('~', tildes);
        text.Append(style.Colour ? Normal : "").Append('\n');
    }
}
