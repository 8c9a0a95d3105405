namespace Appliance.Verify.Processes;

/// <summary>How a child process ended, and what it said.</summary>
/// <param name="ExitCode">As the system reports it; 128 + signal on Unix when it was killed.</param>
public sealed record ProcessOutcome(
    int ExitCode,
    string StandardOutput,
    string StandardError,
    TimeSpan Duration
);
