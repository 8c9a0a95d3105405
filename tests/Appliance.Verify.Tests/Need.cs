using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Verify.Tests;

/// <summary>Skips a test, with the reason, where the host lacks what it needs.</summary>
internal static class Need
{
    public static Tool Shell { get; } = new("sh", "dash", "none", "none");

    public static Tool Sgdisk { get; } = new("sgdisk", "gdisk", "gptfdisk", "gptfdisk");

    public static Tool Mformat { get; } = new("mformat", "mtools", "mtools", "mtools");

    public static Tool Mmd { get; } = new("mmd", "mtools", "mtools", "mtools");

    public static Tool Mcopy { get; } = new("mcopy", "mtools", "mtools", "mtools");

    public static ProcessGateway Processes { get; } = new(HostTools.FromEnvironment());

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public static void Tools(params Tool[] tools)
    {
        foreach (var tool in tools)
        {
            Assert.SkipUnless(
                Processes.Tools.Has(tool),
                $"{tool.Name} is not installed (Debian: {tool.Debian})"
            );
        }
    }

    public static void Qemu() => Tools(Verify.Processes.Tools.Qemu, Verify.Processes.Tools.QemuImg);

    public static void Ovmf()
    {
        try
        {
            OvmfLocator.OfThisComputer().Find();
        }
        catch (VerifyException exception)
        {
            Assert.Skip(exception.Message);
        }
    }
}
