namespace Appliance.Verify.Processes;

/// <summary>A child process ended with an error or ran over its time limit; both streams are in the message.</summary>
public sealed class ProcessFailedException(
    VerifyFault fault,
    string command,
    string reason,
    ProcessOutcome? outcome,
    Exception? inner = null
) : VerifyException(fault, Describe(command, reason, outcome), inner)
{
    /// <summary>Characters of each stream that the message repeats, counted from the end.</summary>
    private const int Repeated = 4000;

    /// <summary>Null when the process never started or was killed.</summary>
    public ProcessOutcome? Outcome { get; } = outcome;

    private static string Describe(string command, string reason, ProcessOutcome? outcome) =>
        $"`{command}` {reason}"
        + Stream("stdout", outcome?.StandardOutput)
        + Stream("stderr", outcome?.StandardError);

    private static string Stream(string name, string? text)
    {
        var trimmed = text?.TrimEnd() ?? "";
        var tail = trimmed.Length > Repeated ? "…" + trimmed[^Repeated..] : trimmed;
        return tail.Length == 0 ? "" : $"{Environment.NewLine}{name}: {tail}";
    }
}
