namespace Appliance.Verify.Processes;

/// <summary>Where a line of a child process came from.</summary>
public enum ProcessStream
{
    StandardOutput,
    StandardError,
}
