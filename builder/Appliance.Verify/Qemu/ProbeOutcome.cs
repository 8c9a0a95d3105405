namespace Appliance.Verify.Qemu;

/// <summary>Whether an accelerator runs guests here.</summary>
/// <param name="Reason">Why not; null if it does.</param>
public sealed record ProbeOutcome(Accelerator Accelerator, string? Reason)
{
    public bool Works => Reason is null;
}
