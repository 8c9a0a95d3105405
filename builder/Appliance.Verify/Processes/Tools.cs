namespace Appliance.Verify.Processes;

/// <summary>Every program that this product starts. No other file names one.</summary>
public static class Tools
{
    public static Tool Qemu { get; } = new("qemu-system-x86_64", "qemu-system-x86", "qemu", "qemu");

    public static Tool QemuImg { get; } = new("qemu-img", "qemu-utils", "qemu", "qemu");
}
