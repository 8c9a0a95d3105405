namespace Appliance.Model.Reports;

/// <summary>
/// One finding as plain data, ready to be printed or serialised. It contains no secret.
/// Line and column count from 1; <see cref="Length"/> is what to underline, at least 1.
/// </summary>
public sealed record Finding(
    string Code,
    Severity Severity,
    string File,
    string Path,
    int Line,
    int Column,
    int Length,
    string Message,
    string? Hint
);
