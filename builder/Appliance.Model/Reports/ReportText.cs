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

    public static string Render(Report report)
    {
        var text = new StringBuilder();
        foreach (var finding in report.Findings)
        {
            AppendFinding(text, finding, report.Source(finding.File));
        }

        return text.ToString();
    }

    private static void AppendFinding(StringBuilder text, Finding finding, SourceText? source)
    {
        var severity = finding.Severity switch
        {
            Severity.Error => "error",
            Severity.Warning => "warning",
            _ => "notice",
        };
        text.Append(
            CultureInfo.InvariantCulture,
            $"{severity}[{finding.Code}] {finding.File}:{finding.Line}:{finding.Column}"
        );
        text.Append(CultureInfo.InvariantCulture, $"  {finding.Path}: {finding.Message}\n");
        AppendSource(text, finding, source);
        if (finding.Hint is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"  hint: {finding.Hint}\n");
        }
    }

    private static void AppendSource(StringBuilder text, Finding finding, SourceText? source)
    {
        // Of a very long line the stretch around the finding is shown.
        var start = finding.Column > WidestLine ? finding.Column - 1 - (WidestLine / 2) : 0;
        var shown = source?.VisibleLine(finding.Line, start, WidestLine);
        if (string.IsNullOrWhiteSpace(shown))
        {
            return;
        }

        var caret = Math.Clamp(finding.Column - 1 - start, 0, shown.Length);
        var tildes = Math.Clamp(finding.Length - 1, 0, Math.Max(0, shown.Length - caret - 1));
        var number = finding.Line.ToString(CultureInfo.InvariantCulture).PadLeft(4);
        text.Append(CultureInfo.InvariantCulture, $"{number} | {shown}\n");
        text.Append(' ', number.Length).Append(" | ").Append(' ', caret).Append('^');
        text.Append('~', tildes).Append('\n');
    }
}
