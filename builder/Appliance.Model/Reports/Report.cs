namespace Appliance.Model.Reports;

/// <summary>
/// Collects findings about one or more files. It never stops at the first; the order is that of the files'
/// text, whatever the order in which the findings were made.
/// </summary>
public sealed class Report
{
    private readonly HashSet<Finding> findings = [];
    private readonly Dictionary<string, SourceText> sources = [];

    /// <summary>All findings by file, line, column and code; the same finding appears once.</summary>
    public IReadOnlyList<Finding> Findings =>
        [
            .. findings
                .OrderBy(f => f.File, StringComparer.Ordinal)
                .ThenBy(f => f.Line)
                .ThenBy(f => f.Column)
                .ThenBy(f => f.Code, StringComparer.Ordinal)
                .ThenBy(f => f.Path, StringComparer.Ordinal)
                .ThenBy(f => f.Message, StringComparer.Ordinal),
        ];

    public bool HasErrors => findings.Any(f => f.Severity == Severity.Error);

    public int ErrorCount => findings.Count(f => f.Severity == Severity.Error);

    public int WarningCount => findings.Count(f => f.Severity == Severity.Warning);

    /// <summary>Makes the text of a file known, so that its lines can be shown.</summary>
    public void AddSource(SourceText source) => sources[source.File] = source;

    public void Add(FindingKind kind, SourceLocation at, string message, string? hint = null)
    {
        var span = at.Span;
        findings.Add(
            new Finding(
                kind.Code,
                kind.Severity,
                at.File,
                at.Path,
                span.Line,
                span.Column,
                span.IsOneLine ? Math.Max(1, span.EndColumn - span.Column) : 1,
                message,
                hint
            )
        );
    }

    /// <summary>Takes over the findings and sources of another report.</summary>
    public void Add(Report other)
    {
        findings.UnionWith(other.findings);
        foreach (var source in other.sources.Values)
        {
            AddSource(source);
        }
    }

    /// <summary>The report as text for people, with source lines; empty without findings.</summary>
    public string ToText() => ReportText.Render(this);

    /// <summary>The same for a terminal.</summary>
    public string ToText(ReportStyle style) => ReportText.Render(this, style);

    internal SourceText? Source(string file) => sources.GetValueOrDefault(file);

    internal bool HasErrorsUnder(string path) =>
        findings.Any(f =>
            f.Severity == Severity.Error
            && f.Path.StartsWith(path, StringComparison.Ordinal)
            && (f.Path.Length == path.Length || f.Path[path.Length] is '.' or '[')
        );
}
