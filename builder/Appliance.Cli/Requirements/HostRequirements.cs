using Appliance.Lab.Linux;
using Appliance.Verify;
using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Cli.Requirements;

/// <summary>What tasks take of this computer: programs, firmware, the compiled first-boot service.</summary>
/// <param name="searchPath">Where programs are looked for, as in PATH.</param>
internal sealed class HostRequirements(string searchPath)
{
    private const string Verification = "booting images (verify, build --verify)";

    private readonly HostTools tools = new(searchPath);

    /// <summary>To write an image.</summary>
    /// <param name="firstBoot">Path of the first-boot service.</param>
    /// <param name="converts">A format is one that qemu-img writes.</param>
    public IReadOnlyList<Requirement> ForBuild(string firstBoot, bool converts) =>
        [
            FirstBoot(firstBoot),
            .. converts
                ? [Program(Tools.QemuImg, "the formats vmdk and vhd", QemuImg)]
                : Array.Empty<Requirement>(),
        ];

    /// <summary>To boot an image on both firmwares.</summary>
    public IReadOnlyList<Requirement> ForVerify() =>
        [
            Program(Tools.Qemu, Verification, Qemu),
            Program(Tools.QemuImg, Verification, QemuImg),
            Firmware(),
        ];

    /// <summary>For a network in namespaces.</summary>
    public IReadOnlyList<Requirement> ForLab()
    {
        const string Purpose = "lab up and lab test";
        var lab = new HostTools(LabTools.SearchPath(searchPath));
        return
        [
            .. new[] { Tools.Ip, Tools.Zebra, Tools.Vtysh, Tools.Bird, Tools.StayRtr }.Select(
                tool => new Requirement(
                    tool.Name,
                    Purpose,
                    lab.PathOf(tool),
                    new SystemPackages(tool.Debian, Dnf: tool.Fedora ?? "")
                )
            ),
            RpkiModule(lab, Purpose),
        ];
    }

    private static SystemPackages Qemu { get; } =
        new("qemu-system-x86", "qemu-system-x86-core", "qemu", "qemu");

    private static SystemPackages QemuImg { get; } = new("qemu-utils", "qemu-img", "qemu", "qemu");

    private Requirement Program(Tool tool, string purpose, SystemPackages packages) =>
        new(tool.Name, purpose, tools.PathOf(tool), packages);

    private static Requirement Firmware()
    {
        string? found;
        try
        {
            found = OvmfLocator.OfThisComputer().Find().CodePath;
        }
        catch (VerifyException exception) when (exception.Fault == VerifyFault.MissingFirmware)
        {
            found = null;
        }

        return new Requirement(
            "UEFI firmware (OVMF)",
            Verification,
            found,
            new SystemPackages("ovmf", "edk2-ovmf", "qemu", "qemu")
        );
    }

    /// <summary>Linux compiles the service with the program; elsewhere a compiled one is brought.</summary>
    private static Requirement FirstBoot(string path) =>
        new(
            "first-boot service",
            "every image",
            File.Exists(path) ? path : null,
            OperatingSystem.IsLinux()
                ? new SystemPackages("gcc libc6-dev", "gcc glibc-static")
                : null,
            OperatingSystem.IsLinux()
                ? $"it is not at {path}; with a C compiler `dotnet build` compiles it"
                : $"it is not at {path}; only Linux compiles it: name one from there with --firstboot FILE"
        );

    private static Requirement RpkiModule(HostTools lab, string purpose)
    {
        var module = FrrModuleFiles.Find("bgpd_rpki");
        return new Requirement(
            "FRR's RPKI module",
            purpose,
            lab.Has(Tools.Zebra) || module is not null ? module : null,
            new SystemPackages("frr-rpki-rtrlib", "frr")
        );
    }
}
