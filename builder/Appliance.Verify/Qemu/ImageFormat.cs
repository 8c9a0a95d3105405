namespace Appliance.Verify.Qemu;

/// <summary>Decides what a file is by its name. Guessing by content would let a guest turn its raw disk into something else.</summary>
public static class ImageFormat
{
    /// <summary>QEMU's name of the format: raw, qcow2, vmdk or vpc (VHD). Unknown suffixes are raw.</summary>
    public static string Of(string path) =>
        Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".QCOW2" => "qcow2",
            ".VMDK" => "vmdk",
            ".VHD" or ".VPC" => "vpc",
            _ => "raw",
        };
}
