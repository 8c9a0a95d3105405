using Appliance.Model.Reports;

namespace Appliance.Cli.Locations;

/// <summary>A network or profile file has errors, all of which are in the report.</summary>
public sealed class FindingsException(Report report)
    : Exception($"{Counted.Of(report.ErrorCount, "error")}; nothing was done")
{
    public Report Report => report;
}
