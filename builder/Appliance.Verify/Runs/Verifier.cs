using Appliance.Verify.Processes;
using Appliance.Verify.Qemu;

namespace Appliance.Verify.Runs;

/// <summary>
/// Boots an image and judges what it says of itself. Whatever happens, no QEMU process and no temporary file is left.
/// </summary>
/// <param name="tools">The host's programs.</param>
/// <param name="firmware">Where OVMF is looked for.</param>
/// <param name="clock">Where durations come from.</param>
public sealed class Verifier(HostTools tools, OvmfLocator firmware, TimeProvider clock)
{
    private readonly ProcessGateway processes = new(tools);
    private readonly AcceleratorProbe probe = new(new ProcessGateway(tools));

    /// <summary>A verifier that uses what this computer has.</summary>
    public static Verifier OfThisComputer() =>
        new(HostTools.FromEnvironment(), OvmfLocator.OfThisComputer(), TimeProvider.System);

    /// <summary>Verifies an image on every firmware that is asked for.</summary>
    /// <returns>What was seen; an image that fails is a result, not an exception.</returns>
    /// <exception cref="VerifyException">Nothing could be verified: see <see cref="VerifyException.Fault"/>.</exception>
    public async Task<VerifyResult> RunAsync(
        VerifyRequest request,
        IProgress<VerifyProgress>? progress,
        CancellationToken token
    )
    {
        Require(request);
        var uefi = request.Firmwares.Contains(FirmwareKind.Uefi) ? firmware.Find() : null;
        var image = Path.GetFullPath(request.ImagePath);
        await new QemuImg(processes).CheckAsync(image, token);
        var (accelerator, note) = await ChooseAsync(request, progress, token);

        var runs = new List<RunResult>();
        foreach (var kind in request.Firmwares)
        {
            var machine = Describe(request, image, kind, uefi, accelerator);
            using var folder = RunFolder.Create(request.WorkFolder);
            var run = new VerifyRun(request, machine, folder, processes, clock, progress);
            runs.Add(await run.RunAsync(token));
        }

        return new(image, note, runs);
    }

    /// <summary>What can be said before anything is written: the request, the programs and the firmware.</summary>
    /// <exception cref="VerifyException">The request contradicts itself, or this computer lacks something.</exception>
    public void Require(VerifyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        CheckRequest(request);
        tools.Find(Tools.Qemu);
        tools.Find(Tools.QemuImg);
        if (request.Firmwares.Contains(FirmwareKind.Uefi))
        {
            firmware.Find();
        }
    }

    private static void CheckRequest(VerifyRequest request)
    {
        var wrong =
            request.Firmwares.Count == 0 ? "names no firmware"
            : request.Boots < 1 ? "asks for less than one boot"
            : request.Memory < 64 ? "gives the machine less than 64 MiB"
            : request.Cpus < 1 ? "gives the machine no CPU"
            : request.TimeLimitPerBoot <= TimeSpan.Zero ? "has a time limit that is not positive"
            : request.Media.FirstOrDefault(path => !File.Exists(path)) is { } missing
                ? $"names the medium {missing}, which is not there"
            : null;
        if (wrong is not null)
        {
            throw new VerifyException(
                VerifyFault.BadRequest,
                $"the request to verify {request.ImagePath} {wrong}"
            );
        }
    }

    /// <summary>The accelerator to use, and why it is not the fast one.</summary>
    private async Task<(Accelerator Chosen, string? Note)> ChooseAsync(
        VerifyRequest request,
        IProgress<VerifyProgress>? progress,
        CancellationToken token
    )
    {
        var wanted = request.Accelerator ?? AcceleratorProbe.OfThisSystem;
        if (wanted == Accelerator.Tcg)
        {
            return (Accelerator.Tcg, null);
        }

        using var folder = RunFolder.Create(request.WorkFolder);
        var outcome = await probe.RunAsync(wanted, folder.Path, token);
        if (outcome.Works)
        {
            return (wanted, null);
        }

        var name = QemuArguments.AcceleratorName(wanted);
        if (request.Accelerator is not null)
        {
            throw new VerifyException(
                VerifyFault.Accelerator,
                $"{name} cannot run guests here: {outcome.Reason}; choose tcg, or let it be chosen"
            );
        }

        var note =
            $"{name} cannot run guests here ({outcome.Reason}): emulating, about ten times slower";
        progress?.Report(new("", 0, note, TimeSpan.Zero));
        return (Accelerator.Tcg, note);
    }

    private static MachineDescription Describe(
        VerifyRequest request,
        string image,
        FirmwareKind kind,
        UefiFirmware? uefi,
        Accelerator accelerator
    ) =>
        new()
        {
            Name = "appliance",
            Type =
                request.Machine
                ?? (kind == FirmwareKind.Bios ? MachineType.I440fx : MachineType.Q35),
            Uefi = kind == FirmwareKind.Uefi ? uefi : null,
            Accelerator = accelerator,
            Memory = request.Memory,
            Cpus = request.Cpus,
            Disks =
            [
                new(image, ImageFormat.Of(image)),
                .. request.Media.Select(path => new DiskDescription(
                    Path.GetFullPath(path),
                    "raw",
                    Snapshot: true
                )),
            ],
            Cards = [.. request.Cards.Select(Card)],
        };

    private static NetworkCard Card(WantedCard wanted, int index) =>
        new(wanted.MacAddress ?? MacAddresses.For("appliance", index), new RestrictedNetwork())
        {
            Driver = wanted.Driver,
        };
}
