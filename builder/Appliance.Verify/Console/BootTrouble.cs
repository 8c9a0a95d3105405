namespace Appliance.Verify.Console;

/// <summary>A reason to stop waiting for a verdict.</summary>
/// <param name="Reason">One sentence without a full stop.</param>
/// <param name="Line">What the console said.</param>
public sealed record BootTrouble(string Reason, string Line);
