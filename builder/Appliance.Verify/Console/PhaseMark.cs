namespace Appliance.Verify.Console;

/// <summary>When a stage began.</summary>
/// <param name="At">Since the machine was switched on.</param>
public sealed record PhaseMark(BootPhase Phase, TimeSpan At);
