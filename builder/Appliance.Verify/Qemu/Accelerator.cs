namespace Appliance.Verify.Qemu;

/// <summary>What executes the guest's instructions.</summary>
public enum Accelerator
{
    /// <summary>QEMU's own emulation: runs everywhere, about ten times slower.</summary>
    Tcg,

    /// <summary>Linux.</summary>
    Kvm,

    /// <summary>macOS.</summary>
    Hvf,

    /// <summary>Windows.</summary>
    Whpx,
}
