namespace Appliance.Verify.Qemu;

/// <summary>A virtio disk.</summary>
/// <param name="Path">Absolute path of the file behind it.</param>
/// <param name="Format">QEMU's name of the file's format: raw, qcow2, vmdk, vpc.</param>
/// <param name="ReadOnly">The guest cannot write to it.</param>
/// <param name="Snapshot">Writes go to a temporary file of QEMU's and are forgotten.</param>
public sealed record DiskDescription(
    string Path,
    string Format,
    bool Snapshot = false,
    bool ReadOnly = false
);
