namespace Appliance.Verify.Qemu;

/// <summary>Unix sockets on which we listen and to which QEMU connects.</summary>
/// <param name="Console">The first serial port.</param>
/// <param name="Monitor">QMP, QEMU's machine protocol.</param>
public sealed record MachineEndpoints(string Console, string Monitor);
