namespace Appliance.Verify.Qemu;

/// <summary>How a machine went off after its power button was pressed.</summary>
/// <param name="Trouble">Why that was not clean; null if it was.</param>
public sealed record PowerOffOutcome(TimeSpan Duration, string? Trouble)
{
    public bool Clean => Trouble is null;
}
