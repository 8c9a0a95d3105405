using System.Globalization;
using Appliance.Verify.Processes;

namespace Appliance.Verify.Qemu;

/// <summary>Writes QEMU's command line from a description (qemu(1)).</summary>
public static class QemuArguments
{
    /// <summary>Arguments for a machine whose console and monitor are sockets.</summary>
    public static IReadOnlyList<string> For(
        MachineDescription machine,
        MachineEndpoints endpoints
    ) =>
        [
            .. Hardware(machine),
            .. Socket("console", endpoints.Console),
            "-serial",
            "chardev:console",
            .. Socket("monitor", endpoints.Monitor),
            "-mon",
            "chardev=monitor,mode=control",
        ];

    /// <summary>Arguments for a machine that nobody talks to.</summary>
    public static IReadOnlyList<string> Silent(MachineDescription machine) =>
        [.. Hardware(machine), "-serial", "none", "-monitor", "none"];

    /// <summary>The command for a human: console and monitor on the terminal (Ctrl-A X ends it), nothing written to the image.</summary>
    public static string ByHand(MachineDescription machine)
    {
        var forgetful = machine with
        {
            Disks = [.. machine.Disks.Select(disk => disk with { Snapshot = true })],
            Uefi = machine.Uefi is { } uefi ? uefi with { Snapshot = true } : null,
        };
        return ShellQuoting.Command([
            Tools.Qemu.Name,
            .. Hardware(forgetful),
            "-serial",
            "mon:stdio",
        ]);
    }

    /// <summary>A value inside one of QEMU's comma-separated options: commas are doubled.</summary>
    internal static string Escape(string value) =>
        value.Replace(",", ",,", StringComparison.Ordinal);

    internal static string AcceleratorName(Accelerator accelerator) =>
        accelerator switch
        {
            Accelerator.Kvm => "kvm",
            Accelerator.Hvf => "hvf",
            Accelerator.Whpx => "whpx",
            Accelerator.Tcg => "tcg",
        };

    private static IEnumerable<string> Hardware(MachineDescription machine) =>
        [
            .. Board(machine),
            .. machine.Uefi is { } uefi ? Flash(uefi) : [],
            .. machine.Disks.SelectMany(Disk),
            .. machine.Cards.SelectMany(Card),
            .. machine.ExtraArguments,
        ];

    private static IEnumerable<string> Board(MachineDescription machine) =>
        [
            "-name",
            Escape(machine.Name),
            "-no-user-config",
            "-nodefaults",
            "-machine",
            // graphics=off makes SeaBIOS show on the serial port what it and the boot blocks print.
            machine.Type == MachineType.Q35
                ? "q35,graphics=off"
                : "pc,graphics=off",
            "-accel",
            AcceleratorName(machine.Accelerator),
            "-cpu",
            machine.CpuModel,
            "-smp",
            Number(machine.Cpus),
            "-m",
            Number(machine.Memory),
            "-vga",
            "std",
            "-display",
            "none",
            "-rtc",
            "base=utc",
            "-boot",
            "strict=on",
            // A reboot ends the process, so that a guest that restarts itself is noticed.
            "-no-reboot",
        ];

    private static IEnumerable<string> Flash(UefiFirmware uefi) =>
        [
            "-drive",
            $"if=pflash,unit=0,format=raw,readonly=on,file={Escape(uefi.CodePath)}",
            "-drive",
            $"if=pflash,unit=1,format=raw,file={Escape(uefi.VariablesPath)}{Snapshot(uefi.Snapshot)}",
        ];

    private static IEnumerable<string> Disk(DiskDescription disk, int index) =>
        [
            "-drive",
            // The file is ours and temporary: what must survive a power failure is the guest's view, not the host's.
            $"if=none,id=disk{Number(index)},format={disk.Format},cache=unsafe,file={Escape(disk.Path)}"
                + Snapshot(disk.Snapshot)
                + (disk.ReadOnly ? ",readonly=on" : ""),
            "-device",
            $"virtio-blk-pci,drive=disk{Number(index)},bootindex={Number(index)}",
        ];

    private static IEnumerable<string> Card(NetworkCard card, int index)
    {
        // No option ROM: nobody boots from the network here, and the attempt takes half a minute.
        var properties = card.Driver == NetworkCard.Virtio ? card.Backend.CardProperties : "";
        var device = $"{card.Device},mac={card.MacAddress},romfile={properties}";
        return card.Backend.Netdev is { } netdev
            ?
            [
                "-netdev",
                $"{netdev},id=net{Number(index)}",
                "-device",
                $"{device},netdev=net{Number(index)}",
            ]
            : ["-device", device];
    }

    private static string[] Socket(string id, string path) =>
        ["-chardev", $"socket,id={id},path={Escape(path)}"];

    private static string Snapshot(bool on) => on ? ",snapshot=on" : "";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
