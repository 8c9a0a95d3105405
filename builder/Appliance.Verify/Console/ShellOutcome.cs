namespace Appliance.Verify.Console;

/// <summary>What a command in the guest left.</summary>
/// <param name="ExitStatus">As the guest's shell has it in $?.</param>
/// <param name="Output">
/// Both streams, lines ended by LF, without trailing blanks. Messages of the kernel go to the same console and may stand in it.
/// </param>
public sealed record ShellOutcome(int ExitStatus, string Output);
