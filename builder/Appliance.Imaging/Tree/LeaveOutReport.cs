namespace Appliance.Imaging.Tree;

/// <summary>What leaving files out saved.</summary>
/// <param name="Patterns">One line for each pattern, in the given order.</param>
public sealed record LeaveOutReport(IReadOnlyList<PatternReport> Patterns)
{
    /// <summary>Names of files and links that were removed.</summary>
    public long Files => Patterns.Sum(pattern => pattern.Files);

    /// <summary>Directories that were removed.</summary>
    public long Directories => Patterns.Sum(pattern => pattern.Directories);

    /// <summary>Bytes of content that no name refers to any more.</summary>
    public long Bytes => Patterns.Sum(pattern => pattern.Bytes);
}

/// <summary>What one pattern removed; a pattern that removed nothing is probably a mistake.</summary>
/// <param name="Pattern">The pattern as written.</param>
/// <param name="Files">Names of files and links.</param>
/// <param name="Directories">Directories.</param>
/// <param name="Bytes">Bytes of content whose last name went.</param>
public sealed record PatternReport(string Pattern, long Files, long Directories, long Bytes);
