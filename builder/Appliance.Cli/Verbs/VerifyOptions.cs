using System.CommandLine;
using Appliance.Cli.Locations;
using Appliance.Rendering.Documents;
using Appliance.Verify.Qemu;

namespace Appliance.Cli.Verbs;

/// <summary>Options of <c>verify</c>.</summary>
internal sealed class VerifyOptions
{
    private readonly Option<string> firmware = new("--firmware")
    {
        Description = "What starts the image: bios, uefi or both",
        DefaultValueFactory = _ => "both",
    };

    private readonly Option<string> machine = new("--machine")
    {
        Description = "The board: i440fx, q35, or auto (i440fx for BIOS, q35 for UEFI)",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string> accelerator = new("--accel")
    {
        Description = "What executes the guest: auto, kvm, hvf, whpx or tcg",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<int> memory = new("--memory")
    {
        Description = "Memory of the machine in MiB",
        HelpName = "MIB",
        DefaultValueFactory = _ => 1024,
    };

    private readonly Option<int?> limit = new("--limit")
    {
        Description = "Seconds from power-on to the verdict (default: 300, 600 under emulation)",
        HelpName = "SECONDS",
    };

    private readonly Option<int> boots = new("--boots")
    {
        Description = "How often each machine is booted",
        HelpName = "N",
        DefaultValueFactory = _ => 2,
    };

    private readonly Option<string?> reports = new("--report")
    {
        Description = "Folder for console logs, JSON and JUnit (default: IMAGE.verify)",
        HelpName = "DIR",
    };

    private readonly Option<string[]> seeds = new("--seed")
    {
        Description =
            "A medium to attach, as 'appliance seed' writes it; may be given several times",
        HelpName = "FILE",
    };

    private readonly Option<string?> site = new("--site")
    {
        Description =
            "The site that it must be: the machine gets the network cards that the site looks for",
        HelpName = "SITE",
    };

    public VerifyOptions()
    {
        firmware.AcceptOnlyFromAmong("bios", "uefi", "both");
        machine.AcceptOnlyFromAmong("i440fx", "q35", "auto");
        accelerator.AcceptOnlyFromAmong("auto", "kvm", "hvf", "whpx", "tcg");
    }

    /// <summary>Gives a command these options.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(firmware);
        command.Options.Add(machine);
        command.Options.Add(accelerator);
        command.Options.Add(memory);
        command.Options.Add(limit);
        command.Options.Add(boots);
        command.Options.Add(reports);
        command.Options.Add(seeds);
        command.Options.Add(site);
    }

    public VerifyChoice Read(VerbContext context, string image) =>
        new(image)
        {
            Firmwares = context.Get(firmware) switch
            {
                "bios" => [FirmwareKind.Bios],
                "uefi" => [FirmwareKind.Uefi],
                _ => [FirmwareKind.Bios, FirmwareKind.Uefi],
            },
            Machine = Parse<MachineType>(context.Get(machine)),
            Accelerator = Parse<Accelerator>(context.Get(accelerator)),
            Memory = context.Get(memory),
            TimeLimit = context.Get(limit) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Boots = context.Get(boots),
            ReportFolder = context.Get(reports),
            Seeds = context.Get(seeds) ?? [],
            Site = context.Get(site) is { } name ? DocumentOf(context, name) : null,
        };

    private static SiteDocument DocumentOf(VerbContext context, string name) =>
        SiteArgument.Choose(Project.ReadValid(context), name, context.NetworkPath).Document;

    private static T? Parse<T>(string? name)
        where T : struct, Enum =>
        Enum.TryParse<T>(name, ignoreCase: true, out var value) ? value : null;
}
