using Appliance.Model.Reports;

namespace Appliance.Model;

/// <summary>What came of reading a file: the value, unless the report has errors, and the report.</summary>
public sealed record Loaded<T>(T? Value, Report Report)
    where T : class;
