namespace Appliance.FirstBoot.Machine;

/// <summary>What became of a child process.</summary>
/// <param name="ExitCode">127 when the program is not there, 124 when it was ended after its limit (as timeout(1) does).</param>
/// <param name="Output">Standard output.</param>
/// <param name="Errors">Standard error.</param>
internal sealed record ProgramResult(int ExitCode, string Output, string Errors)
{
    public const int TimedOut = 124;

    public const int NotFound = 127;

    public bool Succeeded => ExitCode == 0;

    /// <summary>The first line of what the program complained about, for messages.</summary>
    public string Complaint =>
        Errors.Split('\n', 2)[0].Trim() is { Length: > 0 } line
            ? $"exit {ExitCode}: {line}"
            : $"exit {ExitCode}";
}
