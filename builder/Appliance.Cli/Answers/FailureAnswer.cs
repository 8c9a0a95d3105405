namespace Appliance.Cli.Answers;

/// <summary>Of a verb that failed; on standard error.</summary>
internal sealed record FailureAnswer(string Error, int ExitCode);
