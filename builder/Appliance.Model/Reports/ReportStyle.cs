namespace Appliance.Model.Reports;

/// <summary>How a report is written for people.</summary>
/// <param name="Width">Columns of the terminal; null does not wrap, as for a pipe or a file.</param>
/// <param name="Colour">With the colours of ECMA-48, for a terminal.</param>
public sealed record ReportStyle(int? Width = null, bool Colour = false)
{
    /// <summary>One finding a line, without colour: for files, pipes and tests.</summary>
    public static ReportStyle Plain { get; } = new();
}
