namespace Appliance.Verify.Qemu;

/// <summary>A virtio network card.</summary>
/// <param name="MacAddress">Six octets in hexadecimal, separated by colons.</param>
public sealed record NetworkCard(string MacAddress, NetworkBackend Backend);
