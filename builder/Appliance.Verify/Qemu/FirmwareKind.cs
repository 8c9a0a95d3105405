namespace Appliance.Verify.Qemu;

/// <summary>What starts the boot loader.</summary>
public enum FirmwareKind
{
    /// <summary>SeaBIOS, part of QEMU.</summary>
    Bios,

    /// <summary>OVMF (EDK II).</summary>
    Uefi,
}
