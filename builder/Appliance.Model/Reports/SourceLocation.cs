namespace Appliance.Model.Reports;

/// <summary>A stretch of a text. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive.</summary>
public readonly record struct SourceSpan(int Line, int Column, int EndLine, int EndColumn)
{
    /// <summary>The very beginning of a file, for findings about the whole of it.</summary>
    public static readonly SourceSpan Start = new(1, 1, 1, 1);

    public bool IsOneLine => Line == EndLine;
}

/// <summary>Where a value stands: file, path in the YAML tree ($.sites.router01.hostname) and stretch of text.</summary>
public sealed record SourceLocation(string File, string Path, SourceSpan Span);

/// <summary>A value together with where it was written.</summary>
public sealed record Located<T>(T Value, SourceLocation At)
{
    public override string ToString() => $"{Value}";
}
