namespace Appliance.Verify.Qemu;

/// <summary>The board that QEMU imitates.</summary>
public enum MachineType
{
    /// <summary>PC of 1996 with PCI (QEMU's "pc"): what most rented machines still are.</summary>
    I440fx,

    /// <summary>PC of 2009 with PCI Express (QEMU's "q35").</summary>
    Q35,
}
