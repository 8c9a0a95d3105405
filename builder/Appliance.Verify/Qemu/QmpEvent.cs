namespace Appliance.Verify.Qemu;

/// <summary>Something that QEMU reports unasked (QEMU QMP Reference Manual, "Events").</summary>
/// <param name="Name">Such as "SHUTDOWN".</param>
/// <param name="Reason">The member "reason" of its data, such as "guest-shutdown"; null if it has none.</param>
public sealed record QmpEvent(string Name, string? Reason);
