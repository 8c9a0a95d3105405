namespace Appliance.Model.Reports;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>Nothing is built from a file with an error.</summary>
    Error,

    /// <summary>It can be built; the author should look at it.</summary>
    Warning,

    /// <summary>A default was chosen that the author should know of; nothing is wrong.</summary>
    Notice,
}
